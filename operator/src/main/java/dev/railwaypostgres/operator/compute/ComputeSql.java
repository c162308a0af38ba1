package dev.railwaypostgres.operator.compute;

import java.time.Duration;

/**
 * Logs in to computes as their superuser {@code postgres}, over TLS with SCRAM, on the database {@code postgres}.
 *
 * <p>Sessions name themselves {@link #APPLICATION_NAME}, by which activity leaves them out.
 */
@FunctionalInterface
public interface ComputeSql {
    String APPLICATION_NAME = "railway-postgres-operator";

    /**
     * Blocks until logged in.
     *
     * @param timeout for the login, and afterwards for each call of the session except
     *     {@link ComputeSession#checkpoint()}
     * @throws ComputeException if it cannot
     */
    ComputeSession open(ComputeAddress address, Password password, Duration timeout);
}
