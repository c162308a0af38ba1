package dev.railwaypostgres.playground.drivers;

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
                    "`SHOW TRANSACTION ISOLATION LEVEL`, which Hikari asks its first and r2dbc-postgresql every connection, wakes. Hikari"
                            + " does not wait for it longer than its `validationTimeout` (5 s): raise that above a wake.",
                    Set.of(Driver.PGJDBC, Driver.R2DBC_POSTGRESQL),
                    Set.of(Step.OPEN, Step.IDLE)),
            new KnownFailure(
                    "Whatever comes back to asyncpg's pool, a health check too, is reset by `SELECT pg_advisory_unlock_all(); CLOSE"
                            + " ALL; UNLISTEN *; RESET ALL`, which wakes. `create_pool(reset=…)` takes another function.",
                    Set.of(Driver.ASYNCPG),
                    Set.of(Step.IDLE)));

    static Optional<KnownFailure> of(Driver driver, Step step) {
        return ALL.stream()
                .filter(failure -> failure.drivers.contains(driver) && failure.steps.contains(step))
                .findFirst();
    }
}
