package dev.railwaypostgres.proxy.console;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code SHOW} shows, with columns as in PgBouncer 1.25.2 (admin.c, stats.c): names, types and order. What we show
 * besides stands behind those.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum Topic {
    ACTIVE_SOCKETS(Sockets.ALL_DETAILS),
    CLIENTS(Sockets.DETAILS.integer("parked").text("pin")),
    CONFIG(Columns.NONE.text("key", "value", "default", "changeable")),
    DATABASES(Columns.NONE
            .text("name", "host")
            .integer("port")
            .text("database", "force_user")
            .integer("pool_size", "min_pool_size", "reserve_pool_size", "server_lifetime")
            .text("pool_mode", "load_balance_hosts")
            .integer(
                    "max_connections",
                    "current_connections",
                    "max_client_connections",
                    "current_client_connections",
                    "paused",
                    "disabled")
            .text("state")
            .bigint("wakes")),
    DNS_HOSTS(Columns.NONE.text("hostname").bigint("ttl").text("addrs")),
    DNS_ZONES(Columns.NONE.text("zonename").bigint("serial").integer("count")),
    HELP(Columns.NONE),
    LISTS(Columns.NONE.text("list").integer("items")),
    MEM(Columns.NONE.text("name").integer("size", "used", "free", "memtotal")),
    PEERS(Columns.NONE.integer("peer_id").text("host").integer("port", "pool_size")),
    PEER_POOLS(Columns.NONE.integer(
            "peer_id", "cl_active_cancel_req", "cl_waiting_cancel_req", "sv_active_cancel", "sv_login")),
    POOLS(Columns.NONE
            .text("database", "user")
            .integer(
                    "cl_active",
                    "cl_waiting",
                    "cl_active_cancel_req",
                    "cl_waiting_cancel_req",
                    "sv_active",
                    "sv_active_cancel",
                    "sv_being_canceled",
                    "sv_idle",
                    "sv_used",
                    "sv_tested",
                    "sv_login",
                    "maxwait",
                    "maxwait_us")
            .text("pool_mode", "load_balance_hosts")
            .integer("cl_parked", "cl_pinned")
            .text("state")),
    SERVERS(Sockets.DETAILS),
    SOCKETS(Sockets.ALL_DETAILS),
    STATE(Columns.NONE.text("key", "value")),
    STATS(Figures.columns(Figures.Shape.BOTH).numeric("total_wakes")),
    STATS_AVERAGES(Figures.columns(Figures.Shape.AVERAGES)),
    STATS_TOTALS(Figures.columns(Figures.Shape.TOTALS).numeric("wakes")),
    TOTALS(Columns.NONE.text("name").numeric("value")),
    USERS(Columns.NONE
            .text("name", "pool_size", "reserve_pool_size", "pool_mode")
            .integer(
                    "max_user_connections",
                    "current_connections",
                    "max_user_client_connections",
                    "current_client_connections")),
    VERSION(Columns.NONE.text("version"));

    /** Columns of all kinds of sockets. */
    private static final class Sockets {
        static final Columns DETAILS = Columns.NONE
                .text("type", "user", "database", "replication", "state", "addr")
                .integer("port")
                .text("local_addr")
                .integer("local_port")
                .text("connect_time", "request_time")
                .integer("wait", "wait_us", "close_needed")
                .text("ptr", "link")
                .integer("remote_pid")
                .text("tls", "application_name")
                .integer("prepared_statements", "id");

        static final Columns ALL_DETAILS = DETAILS.integer(
                "recv_pos", "pkt_pos", "pkt_remain", "send_pos", "send_remain", "pkt_avail", "send_avail");
    }

    final Columns columns;

    Topic(Columns columns) {
        this.columns = columns;
    }

    static Optional<Topic> find(String word) {
        return Stream.of(values())
                .filter(topic -> topic.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
