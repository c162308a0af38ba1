package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Durations;
import dev.railwaypostgres.crds.v1alpha1.Suspend;
import dev.railwaypostgres.operator.compute.ClientBackend;
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

    static SleepPolicy of(Suspend suspend) {
        return new SleepPolicy(
                Durations.parse(suspend.afterIdle()),
                suspend.suspended(),
                Set.copyOf(suspend.ignore().applicationNames()),
                Set.copyOf(suspend.ignore().roles()));
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
