package dev.railwaypostgres.sleep;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to do about sleep and wake now.
 *
 * @param state what to remember, written before the steps are taken
 * @param steps in order
 * @param blockers what keeps it awake though it should sleep, one sentence each
 * @param trouble what a person should know
 * @param lookAfter when to look again at the latest
 */
public record SleepDecision(
        SleepState state,
        List<SleepStep> steps,
        List<String> blockers,
        Optional<SleepTrouble> trouble,
        Duration lookAfter) {
    public SleepDecision {
        steps = List.copyOf(steps);
        blockers = List.copyOf(blockers);
    }

    public static SleepDecision go(SleepState state) {
        return new SleepDecision(state, List.of(), List.of(), Optional.empty(), Duration.ZERO);
    }

    public static SleepDecision act(SleepState state, SleepStep... steps) {
        return new SleepDecision(state, List.of(steps), List.of(), Optional.empty(), Duration.ZERO);
    }

    public static SleepDecision await(SleepState state, Duration lookAfter) {
        return new SleepDecision(state, List.of(), List.of(), Optional.empty(), lookAfter);
    }

    public SleepDecision blockedBy(List<String> sentences) {
        return new SleepDecision(state, steps, sentences, trouble, lookAfter);
    }

    public SleepDecision with(SleepTrouble found) {
        return new SleepDecision(state, steps, blockers, Optional.of(found), lookAfter);
    }
}
