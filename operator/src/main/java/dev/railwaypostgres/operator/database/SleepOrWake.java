package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.sleep.SleepStep;
import java.util.List;

/** A step of those that sleep and wake take. */
public record SleepOrWake(SleepStep step) implements DatabaseStep {
    static List<SleepOrWake> all(List<SleepStep> steps) {
        return steps.stream().map(SleepOrWake::new).toList();
    }

    @Override
    public String toString() {
        return step.toString();
    }
}
