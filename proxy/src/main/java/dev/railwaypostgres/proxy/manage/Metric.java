package dev.railwaypostgres.proxy.manage;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Everything that {@code /metrics} gives: each name once, with what it means. */
public enum Metric {
    QUERY(
            Kind.HISTOGRAM,
            "query_seconds",
            "From a query's first byte, or the end of the one before it in a pipeline, until the end of its answer;"
                    + " without any wait for a server connection.",
            Label.DATABASE),
    TRANSACTION(
            Kind.HISTOGRAM,
            "transaction_seconds",
            "From having a server connection for some work until nothing is asked there any more and no transaction is"
                    + " open.",
            Label.DATABASE),
    WAIT(
            Kind.HISTOGRAM,
            "wait_seconds",
            "From asking for a server connection until having it, if there was none at hand; without the wait for a"
                    + " wake.",
            Label.DATABASE),
    WAKE(
            Kind.HISTOGRAM,
            "wake_seconds",
            "From the first client that waits for a wake until Postgres answers.",
            Label.DATABASE),
    LOGIN(Kind.HISTOGRAM, "login_seconds", "From the startup packet until the client is logged in.", Label.DATABASE),
    RECEIVED(Kind.COUNTER, "received_bytes", "Bytes from clients that are logged in.", Label.DATABASE),
    SENT(Kind.COUNTER, "sent_bytes", "Bytes to clients that are logged in.", Label.DATABASE),
    SESSIONS(
            Kind.GAUGE,
            "sessions",
            "Clients that are logged in, by what they are at: parked (quiet, without a server connection), waiting (for"
                    + " one), waking (waiting for the database), active, in_transaction (one is open and nothing runs),"
                    + " pinned (quiet, with one that they cannot leave).",
            Label.DATABASE,
            Label.STATE),
    PINNED(
            Kind.GAUGE,
            "pinned_sessions",
            "Clients that cannot leave their server connection, by what lives there.",
            Label.DATABASE,
            Label.REASON),
    PARKED_BYTES(
            Kind.GAUGE,
            "parked_bytes",
            "Settings and prepared statements that parked clients will find again. What several of them have in common"
                    + " is there once, and counted for each.",
            Label.DATABASE),
    SERVERS(
            Kind.GAUGE,
            "server_connections",
            "Server connections: leased (a session has it), idle, preparing (between two sessions), dialing.",
            Label.DATABASE,
            Label.STATE),
    LONGEST_WAIT(
            Kind.GAUGE,
            "longest_wait_seconds",
            "How long the first in the queue has been waiting by now; 0: nobody is.",
            Label.DATABASE),
    CLIENTS(Kind.GAUGE, "client_connections", "Connections from clients, logged in or not."),
    LOGINS(
            Kind.COUNTER,
            "logins",
            "Logins by how they ended: succeeded, gone (the client left before), or the kind of failure.",
            Label.OUTCOME),
    LOGINS_HELD_BACK(
            Kind.COUNTER, "logins_held_back", "Logins that had to wait because of wrong passwords from their address."),
    TURNED_AWAY(
            Kind.COUNTER,
            "connections_turned_away",
            "Connections closed at once because too many had not logged in yet."),
    FAILURES(Kind.COUNTER, "failures", "Failures that clients were told of.", Label.KIND, Label.SQLSTATE),
    CANCELS(
            Kind.COUNTER,
            "cancel_requests",
            "Cancel requests: obeyed, forwarded to another replica, unknown, or limited because too many were wrong.",
            Label.FATE),
    CERTIFICATE_READS(
            Kind.COUNTER,
            "certificate_reads",
            "Changes of the certificate's files: used, or broken (the one before stays).",
            Label.OUTCOME),
    CERTIFICATE_EXPIRES(
            Kind.GAUGE,
            "certificate_expires_seconds",
            "When the certificate for clients expires, in seconds since 1970; 0 without one.");

    private static final String PREFIX = "railway_postgres_proxy_";

    /** What Prometheus calls a type. */
    enum Kind {
        COUNTER("_total"),
        GAUGE(""),
        HISTOGRAM("");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    /** What a metric is told apart by. None of a client's choosing: there may be any number of those. */
    enum Label {
        DATABASE,
        FATE,
        KIND,
        OUTCOME,
        REASON,
        SQLSTATE,
        STATE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final String word;
    private final String meaning;
    /** Their names, with commas between them. */
    private final String labels;

    Metric(Kind kind, String word, String meaning, Label... labels) {
        this.kind = kind;
        this.word = word;
        this.meaning = meaning;
        this.labels = Arrays.stream(labels).map(Label::text).collect(Collectors.joining(","));
    }

    Kind kind() {
        return kind;
    }

    /** Without what is added to the names of counters. */
    String baseName() {
        return PREFIX + word;
    }

    /** As Prometheus gets it. */
    public String exposedName() {
        return baseName() + kind.suffix;
    }

    String meaning() {
        return meaning;
    }

    /** The label that says more than which database it is about. */
    String lastLabel() {
        return labels.substring(labels.lastIndexOf(',') + 1);
    }

    /** All of them as a Markdown table, for the manual. */
    public static String table() {
        return Arrays.stream(values())
                .map(Metric::row)
                .collect(Collectors.joining("", "| metric | type | meaning |%n|---|---|---|%n".formatted(), ""));
    }

    private String row() {
        var braces = labels.isEmpty() ? "" : "{" + labels + "}";
        return "| `%s%s` | %s | %s |%n"
                .formatted(exposedName(), braces, kind.name().toLowerCase(Locale.ROOT), meaning);
    }
}
