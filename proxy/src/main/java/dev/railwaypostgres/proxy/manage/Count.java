package dev.railwaypostgres.proxy.manage;

/** What has been counted of a database, as one number that only grows. */
public enum Count {
    /** A server connection was lent. */
    LEASES,
    TRANSACTIONS,
    /** Whatever ends with a {@code ReadyForQuery}. */
    QUERIES,
    /** Bytes from clients. */
    RECEIVED,
    /** Bytes to clients. */
    SENT,
    /** Nanoseconds, as all times here. */
    TRANSACTION_TIME,
    QUERY_TIME,
    /** Of clients for a server connection. */
    WAIT_TIME,
    /** Prepared statements that clients asked for. */
    CLIENT_PARSES,
    /** Prepared statements that servers were asked for. */
    SERVER_PARSES,
    /** Uses of prepared statements. */
    BINDS,
    WAKES;

    long of(DatabaseMetrics metrics) {
        return switch (this) {
            case LEASES -> metrics.leases();
            case TRANSACTIONS -> metrics.transactions().count();
            case QUERIES -> metrics.queries().count();
            case RECEIVED -> metrics.received();
            case SENT -> metrics.sent();
            case TRANSACTION_TIME -> metrics.transactions().sum().toNanos();
            case QUERY_TIME -> metrics.queries().sum().toNanos();
            case WAIT_TIME -> metrics.waits().sum().toNanos();
            case CLIENT_PARSES -> metrics.clientParses();
            case SERVER_PARSES -> metrics.serverParses();
            case BINDS -> metrics.binds();
            case WAKES -> metrics.wakes().count();
        };
    }
}
