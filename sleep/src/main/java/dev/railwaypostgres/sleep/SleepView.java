package dev.railwaypostgres.sleep;

/**
 * All that sleep and wake depend on, apart from what is remembered.
 *
 * @param passage whether the archive holds all that the last suspend asked it to hold
 * @param comesBack Railway starts the compute again when it ends by itself
 * @param newSettings the compute's settings are not those it runs with, which takes a start
 */
public record SleepView(
        SleepPolicy policy,
        Wishes wishes,
        ComputeSight compute,
        LoginSight login,
        SleepBarrier.Passage passage,
        boolean comesBack,
        boolean newSettings) {}
