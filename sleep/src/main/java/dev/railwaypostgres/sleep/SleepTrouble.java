package dev.railwaypostgres.sleep;

/** What can be wrong while a database sleeps or wakes. */
public sealed interface SleepTrouble {
    /** It should be up, and the operator cannot talk to it. */
    record Unreachable(String message) implements SleepTrouble {}

    /** Somebody changed the superuser's password. */
    record LoginRefused(String message) implements SleepTrouble {}

    /** The compute does not end, whatever Railway is asked to do. */
    record StopIgnored() implements SleepTrouble {}

    /** The compute does not stay down, whatever Railway is asked to do: the suspend is given up. */
    record ComesBack() implements SleepTrouble {}

    /** The archive does not hold everything, so it must not sleep. */
    record ArchiveBehind(String reason) implements SleepTrouble {}

    /** A start failed; the next one follows. */
    record WakeFailed() implements SleepTrouble {}

    /** A start takes longer than it may. */
    record WakeOverdue() implements SleepTrouble {}
}
