package dev.railwaypostgres.playground.drivers;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What fails today and is not the driver's fault. The test insists that it does fail: what works has to leave this list.
 *
 * @param reason what happens on the wire
 */
record KnownFailure(String reason, Set<Driver> drivers, Set<Step> steps) {
    static final List<KnownFailure> ALL = List.of(
            new KnownFailure(
                    "A session that listens is not parked: it keeps the database awake.",
                    EnumSet.complementOf(EnumSet.of(Driver.DRIZZLE)),
                    Set.of(Step.LISTENER_WAKE)),
            new KnownFailure(
                    "`UNLISTEN` of the one channel that was listened to does not free the session; `UNLISTEN *` does.",
                    Set.of(Driver.POSTGRES_JS),
                    Set.of(Step.WAKE)),
            new KnownFailure(
                    "`DEALLOCATE` of the one statement that was prepared by SQL does not free the session; `DEALLOCATE ALL` does.",
                    Set.of(Driver.PSQL),
                    Set.of(Step.WAKE)),
            new KnownFailure(
                    "`SHOW TRANSACTION ISOLATION LEVEL`, which Hikari asks its first and r2dbc-postgresql every connection, wakes.",
                    Set.of(Driver.PGJDBC, Driver.R2DBC_POSTGRESQL),
                    Set.of(Step.OPEN, Step.IDLE)),
            new KnownFailure(
                    "A wake is asked for in the startup packet's application name; pgjdbc sets its own after the login.",
                    Set.of(Driver.PGJDBC),
                    Set.of(Step.QUERY)),
            new KnownFailure(
                    "`SELECT 1` wakes.",
                    Set.of(
                            Driver.VERTX_PG_CLIENT,
                            Driver.NODE_POSTGRES,
                            Driver.POSTGRES_JS,
                            Driver.DRIZZLE,
                            Driver.ASYNCPG,
                            Driver.PSQL),
                    Set.of(Step.IDLE)),
            new KnownFailure(
                    "A `Flush` after a `Sync`, with which libpq ends a pipeline, counts as unfinished work: the session keeps its server,"
                            + " and the others wait in vain.",
                    Set.of(Driver.PSYCOPG),
                    EnumSet.range(Step.NOTIFY, Step.CLOSE)),
            new KnownFailure(
                    "`pg_advisory_unlock_all()`, which asyncpg asks when it gives a connection back to its pool, counts as a lock: the"
                            + " session keeps its server, and the others wait in vain.",
                    Set.of(Driver.ASYNCPG),
                    EnumSet.range(Step.CROWD, Step.CLOSE)));

    static Optional<KnownFailure> of(Driver driver, Step step) {
        return ALL.stream()
                .filter(failure -> failure.drivers.contains(driver) && failure.steps.contains(step))
                .findFirst();
    }
}
