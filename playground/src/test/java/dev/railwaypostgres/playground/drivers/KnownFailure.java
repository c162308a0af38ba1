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
                    "`SELECT 1` wakes when it is prepared under a name.",
                    Set.of(Driver.POSTGRES_JS, Driver.ASYNCPG),
                    Set.of(Step.IDLE)));

    static Optional<KnownFailure> of(Driver driver, Step step) {
        return ALL.stream()
                .filter(failure -> failure.drivers.contains(driver) && failure.steps.contains(step))
                .findFirst();
    }
}
