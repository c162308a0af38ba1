package dev.railwaypostgres.sleep;

import java.time.Duration;

/** What sleep and wake take. Each may be done twice with the effect of once. */
public sealed interface SleepStep {
    /** Checkpoint, and wait for the archive to hold everything. Its result is the log position. */
    record Checkpoint() implements SleepStep {}

    /** Postgres' smart shutdown: the point of no return. */
    record Fence() implements SleepStep {}

    /**
     * End sessions that have done nothing for so long, so that Postgres can finish its shutdown. One that has just come in
     * may have a statement on its way.
     */
    record EndIdleSessions(Duration atLeast) implements SleepStep {}

    /** End our own session, the last one. */
    record LeaveCompute() implements SleepStep {}

    /** Make Railway end a compute that did not end by itself, by ever stronger means. */
    record ForceStop(Means means) implements SleepStep {}

    /** Weakest first. */
    enum Means {
        STOP,
        REMOVE,
        CANCEL
    }

    /** Bring the settings on Railway up to date without starting anything. */
    record ChangeSettings() implements SleepStep {}

    /** Start the compute. */
    record Deploy() implements SleepStep {}
}
