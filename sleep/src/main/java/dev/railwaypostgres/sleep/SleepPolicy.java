package dev.railwaypostgres.sleep;

import dev.railwaypostgres.sleep.compute.ClientBackend;
import java.time.Duration;
import java.util.Set;

/**
 * What the user wants of sleep.
 *
 * @param afterIdle zero: never
 * @param ordered a person wants it to sleep, whatever clients ask
 */
public record SleepPolicy(
        Duration afterIdle, boolean ordered, Set<String> ignoredApplications, Set<String> ignoredRoles) {
    public SleepPolicy {
        ignoredApplications = Set.copyOf(ignoredApplications);
        ignoredRoles = Set.copyOf(ignoredRoles);
    }

    /** Whether it is meant to be up at all times. */
    boolean isAlwaysOn() {
        return afterIdle.isZero() && !ordered;
    }

    boolean ignoresNobody() {
        return ignoredApplications.isEmpty() && ignoredRoles.isEmpty();
    }

    boolean counts(ClientBackend backend) {
        return !ignoredRoles.contains(backend.role()) && !ignoredApplications.contains(backend.application());
    }
}
