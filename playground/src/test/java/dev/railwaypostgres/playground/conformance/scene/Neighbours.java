package dev.railwaypostgres.playground.conformance.scene;

import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Clients that were there before a script, and have used each server connection of the pool. */
public final class Neighbours implements AutoCloseable {
    /** What a client that stays has made its own. */
    private static final List<String> SETTINGS = List.of(
            "SET search_path TO pg_catalog, nowhere",
            "SET TIME ZONE 'Pacific/Chatham'",
            "SET DateStyle TO 'German, DMY'",
            "SET client_encoding TO 'LATIN1'",
            "SET application_name TO 'a neighbour'",
            "SET work_mem TO '7MB'",
            "SET extra_float_digits TO -3",
            "SET statement_timeout TO '1h'");

    /** What a client has left behind that has gone. */
    private static final List<String> REMAINS = List.of(
            "SET IntervalStyle TO 'iso_8601'",
            "SET app.tenant TO 'the neighbour''s'",
            "SET default_transaction_read_only TO on",
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE",
            "SELECT set_config('lock_timeout', '1h', false)",
            "DO 'BEGIN PERFORM set_config(''enable_seqscan'', ''off'', false); END'",
            "CREATE TEMPORARY TABLE t (neighbours text)",
            "CREATE TEMPORARY SEQUENCE s",
            "SELECT nextval('s')",
            "SELECT pg_advisory_lock(pg_backend_pid())",
            "SELECT setseed(0.5)",
            "LISTEN news",
            "PREPARE s3 AS SELECT 'the neighbour''s'",
            "DECLARE c CURSOR WITH HOLD FOR SELECT 'the neighbour''s'",
            "SET ROLE other");

    private static final List<String> STATEMENTS = List.of(
            "Parse s1 \"SELECT 'the neighbour''s'\"",
            "Parse s2 \"SELECT 2\"",
            "Parse \"\" \"SELECT 'unnamed'\"",
            "Sync");

    private static final String STATE = """
            SELECT name, setting FROM pg_settings
            WHERE name IN ('search_path', 'TimeZone', 'DateStyle', 'client_encoding', 'work_mem', 'extra_float_digits',
                'application_name', 'statement_timeout')
            ORDER BY name
            """;

    private final List<WireClient> staying;

    private Neighbours(List<WireClient> staying) {
        this.staying = staying;
    }

    /** Come, and do what the situation says. */
    public static Neighbours in(Situation situation, Entrance entrance) {
        return new Neighbours(
                switch (situation.kind()) {
                    case COLD, ASLEEP -> List.of();
                    case WARM, IN_PIECES -> together(entrance, situation.servers(), List.of());
                    case DIRTY -> {
                        var staying = together(entrance, situation.servers(), SETTINGS);
                        together(entrance, situation.servers(), REMAINS).forEach(WireClient::leave);
                        yield staying;
                    }
                });
    }

    /** In transactions at the same time, so that each client has a server connection of its own. */
    private static List<WireClient> together(Entrance entrance, int count, List<String> statements) {
        var clients = IntStream.range(0, count)
                .mapToObj(_ -> entrance.connect(Postgres.APP, Map.of()))
                .toList();
        clients.forEach(client -> query(client, "BEGIN"));
        clients.forEach(client -> query(client, "SELECT count(*) FROM pg_class WHERE oid = 0"));
        clients.forEach(client -> change(client, statements));
        clients.forEach(client -> query(client, "COMMIT"));
        return clients;
    }

    private static void change(WireClient client, List<String> statements) {
        statements.forEach(statement -> query(client, statement));
        if (!statements.isEmpty()) {
            STATEMENTS.forEach(message -> client.send(ClientMessage.bytes(message)));
            client.await("ReadyForQuery");
        }
    }

    private static void query(WireClient client, String statement) {
        client.send(ClientMessage.query(statement));
        client.await("ReadyForQuery");
    }

    /** What those who stay have heard, by a name, with their settings at the end. */
    public Map<String, List<String>> heard() {
        var heard = new TreeMap<String, List<String>>();
        for (var client : staying) {
            query(client, STATE);
            heard.put("neighbour " + (heard.size() + 1), client.heard());
        }
        return heard;
    }

    @Override
    public void close() {
        staying.forEach(WireClient::leave);
    }
}
