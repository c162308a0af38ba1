package dev.railwaypostgres.proxy.route;

import org.jspecify.annotations.Nullable;

/**
 * One database as the proxy sees it.
 *
 * @param databaseName the Postgres database inside it that is meant when a client routes by database name; {@link
 *     #ANY_DATABASE} for whatever others do not have
 * @param endpoint the name that routes to it
 * @param address where its compute listens when awake; null until it was ready for the first time
 * @param suspendedByOwner it is to stay asleep whatever clients ask
 * @param rolesVersion something else whenever its roles are known to have changed; empty when nobody tells
 */
public record Route(
        DatabaseRef database,
        String databaseName,
        String endpoint,
        Readiness readiness,
        @Nullable Address address,
        boolean suspendedByOwner,
        PoolPolicy pooling,
        String rolesVersion) {
    /** Stands for every database in a Postgres. */
    public static final String ANY_DATABASE = "*";

    /** One whose roles nobody watches. */
    public Route(
            DatabaseRef database,
            String databaseName,
            String endpoint,
            Readiness readiness,
            @Nullable Address address,
            boolean suspendedByOwner,
            PoolPolicy pooling) {
        this(database, databaseName, endpoint, readiness, address, suspendedByOwner, pooling, "");
    }

    /** What the phase of the resource means to somebody who wants to connect. */
    public enum Readiness {
        /** Being created, restored or deleted, or failed: nobody knows when it answers. */
        UNKNOWN,
        AWAKE,
        /** About to stop: no new work now. */
        SUSPENDING,
        ASLEEP,
        WAKING
    }
}
