package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Durations;
import dev.railwaypostgres.crds.v1alpha1.Suspend;
import dev.railwaypostgres.sleep.SleepPolicy;
import java.util.Set;

/** What {@code spec.suspend} says, in the words of those who decide about it. */
final class SleepSpec {
    private SleepSpec() {}

    /** @throws IllegalArgumentException when the idle time cannot be read */
    static SleepPolicy policy(Suspend suspend) {
        return new SleepPolicy(
                Durations.parse(suspend.afterIdle()),
                suspend.suspended(),
                new SleepPolicy.Ignored(
                        Set.copyOf(suspend.ignore().applicationNames()),
                        Set.copyOf(suspend.ignore().roles()),
                        false));
    }
}
