package dev.railwaypostgres.playground.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state that can be reached, breadth first, so that what it finds wrong comes with the shortest way there.
 * States are numbered in the order in which they are found. Good for one exploration.
 */
final class Explorer<S> {
    /**
     * Something that may happen.
     *
     * @param isFault the world misbehaves: it may, but nobody may count on it
     */
    record Move<S>(String name, boolean isFault, S to) {}

    /** What was found: how many states there are, and the first that is wrong with the way to it. */
    record Finding(int states, Optional<String> wrong) {}

    /** A state, the way to it, and from where it can be reached without a fault. */
    private record Visit<S>(S state, int from, String move, List<Integer> before) {}

    private final Function<S, List<Move<S>>> moves;
    private final Function<S, @Nullable String> broken;
    private final Predicate<S> isRestful;
    private final Map<S, Integer> numbers = new HashMap<>();
    private final List<Visit<S>> visits = new ArrayList<>();

    /**
     * @param broken the sentence that a state breaks, if it does
     * @param isRestful whether nobody waits for anything
     */
    Explorer(Function<S, List<Move<S>>> moves, Function<S, @Nullable String> broken, Predicate<S> isRestful) {
        this.moves = moves;
        this.broken = broken;
        this.isRestful = isRestful;
    }

    Finding explore(S initial) {
        number(initial, 0, "begin");
        for (int at = 0; at < visits.size(); at++) {
            String wrong = broken.apply(visits.get(at).state());
            if (wrong != null) {
                return new Finding(visits.size(), Optional.of(wrong + story(at)));
            }
            for (Move<S> move : moves.apply(visits.get(at).state())) {
                int to = number(move.to(), at, move.name());
                if (!move.isFault()) {
                    visits.get(to).before().add(at);
                }
            }
        }
        return new Finding(visits.size(), waitsForEver());
    }

    private int number(S state, int from, String move) {
        Integer known = numbers.putIfAbsent(state, visits.size());
        if (known != null) {
            return known;
        }
        visits.add(new Visit<>(state, from, move, new ArrayList<>(2)));
        return visits.size() - 1;
    }

    /** Rest must be reachable from everywhere without the help of a fault. */
    private Optional<String> waitsForEver() {
        BitSet ends = new BitSet(visits.size());
        Deque<Integer> open = new ArrayDeque<>();
        for (int at = 0; at < visits.size(); at++) {
            if (isRestful.test(visits.get(at).state())) {
                open.add(at);
            }
        }
        while (!open.isEmpty()) {
            int at = open.remove();
            if (!ends.get(at)) {
                ends.set(at);
                open.addAll(visits.get(at).before());
            }
        }
        int first = ends.nextClearBit(0);
        return first == visits.size() ? Optional.empty() : Optional.of("somebody waits for ever" + story(first));
    }

    private String story(int end) {
        Deque<String> lines = new ArrayDeque<>();
        for (int at = end; ; at = visits.get(at).from()) {
            lines.push("%n  %-28s %s"
                    .formatted(visits.get(at).move(), visits.get(at).state()));
            if (at == 0) {
                return String.join("", lines);
            }
        }
    }
}
