package dev.railwaypostgres.playground.conformance.script;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * One case.
 *
 * @param name path below the cases' folder, without the ending
 * @param about what must hold, in a sentence or two
 * @param numbers of the list of what is to be covered
 * @param servers the least that a pool must have for the case not to wait for itself
 * @param expected by client: what it hears, where that is written down since Postgres cannot tell
 */
public record Script(
        String name,
        String about,
        SortedSet<Integer> numbers,
        int servers,
        List<Step> steps,
        Map<String, List<String>> expected) {
    public Script {
        steps = List.copyOf(steps);
        expected = Map.copyOf(expected);
    }

    /** Whether Postgres itself says what is right. */
    public boolean isJudgedByPostgres() {
        return expected.isEmpty();
    }

    public boolean hasOneClient() {
        return steps.stream()
                        .filter(Step.OfClient.class::isInstance)
                        .map(step -> ((Step.OfClient) step).client())
                        .distinct()
                        .count()
                == 1;
    }

    @Override
    public String toString() {
        return name;
    }
}
