package dev.railwaypostgres.sleep;

/**
 * All that sleep and wake depend on, apart from what is remembered.
 *
 * @param passage whether the archive holds all that the last suspend asked it to hold
 * @param comesBack Railway starts the compute again when it ends by itself
 * @param newSettings Railway does not have all of the compute's settings yet
 * @param needsStart what runs only comes to its settings by a start
 */
public record SleepView(
        SleepPolicy policy,
        Wishes wishes,
        ComputeSight compute,
        LoginSight login,
        SleepBarrier.Passage passage,
        boolean comesBack,
        boolean newSettings,
        boolean needsStart) {}
