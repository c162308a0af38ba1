package dev.railwaypostgres.sleep.compute;

import java.time.Duration;

/** Logs in to computes as a superuser, over TLS with SCRAM. */
@FunctionalInterface
public interface ComputeSql {
    /**
     * Blocks until logged in.
     *
     * @param timeout for the login, and afterwards for each call of the session except
     *     {@link ComputeSession#checkpoint()}
     * @throws ComputeException if it cannot
     */
    ComputeSession open(AdminLogin login, Duration timeout);
}
