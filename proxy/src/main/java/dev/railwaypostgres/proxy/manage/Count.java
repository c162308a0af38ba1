package dev.railwaypostgres.proxy.manage;

import java.util.function.ToLongFunction;

/** What has been counted of a database, as one number that only grows. */
public enum Count {
    /** A server connection was lent. */
    LEASES(DatabaseMetrics::leases),
    TRANSACTIONS(metrics -> metrics.transactions().count()),
    /** Whatever ends with a {@code ReadyForQuery}. */
    QUERIES(metrics -> metrics.queries().count()),
    /** Bytes from clients. */
    RECEIVED(DatabaseMetrics::received),
    /** Bytes to clients. */
    SENT(DatabaseMetrics::sent),
    /** Nanoseconds, as all times here. */
    TRANSACTION_TIME(metrics -> metrics.transactions().sum().toNanos()),
    QUERY_TIME(metrics -> metrics.queries().sum().toNanos()),
    /** Of clients for a server connection. */
    WAIT_TIME(metrics -> metrics.waits().sum().toNanos()),
    /** Prepared statements that clients asked for. */
    CLIENT_PARSES(DatabaseMetrics::clientParses),
    /** Prepared statements that servers were asked for. */
    SERVER_PARSES(DatabaseMetrics::serverParses),
    /** Uses of prepared statements. */
    BINDS(DatabaseMetrics::binds),
    WAKES(metrics -> metrics.wakes().count());

    private final ToLongFunction<DatabaseMetrics> value;

    Count(ToLongFunction<DatabaseMetrics> value) {
        this.value = value;
    }

    long of(DatabaseMetrics metrics) {
        return value.applyAsLong(metrics);
    }
}
