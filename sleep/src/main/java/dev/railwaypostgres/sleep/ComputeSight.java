package dev.railwaypostgres.sleep;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What Railway says about a database's compute, boiled down to what matters for sleep and wake. */
public sealed interface ComputeSight {
    /** There is no deployment: none was made yet, or all were taken away. */
    record Absent() implements ComputeSight {}

    /**
     * A container runs, or is about to.
     *
     * @param since when Railway last changed its mind about it, if it says
     */
    record Alive(String deploymentId, @Nullable Instant since) implements ComputeSight {}

    /**
     * No container runs any more.
     *
     * @param failed it crashed or never came up; otherwise it was stopped or ended in order
     * @param at when Railway noticed, if it says
     */
    record Ended(
            String deploymentId, boolean failed, @Nullable Instant at) implements ComputeSight {}

    default boolean isDown() {
        return switch (this) {
            case Absent _, Ended _ -> true;
            case Alive _ -> false;
        };
    }
}
