package dev.railwaypostgres.playground.bench.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Some who did the same in turns, and what each of them showed, round by round.
 *
 * @param <C> who
 */
record Contest<C>(Map<C, List<Reading>> readings) {
    /** What one of them is let do. */
    interface Discipline<C> {
        Reading run(C contender) throws Exception;
    }

    /** Each runs once a round; who begins changes from round to round, since the first finds a cooler machine. */
    static <C> Contest<C> hold(int rounds, List<C> contenders, Discipline<C> discipline) throws Exception {
        var readings = new LinkedHashMap<C, List<Reading>>();
        contenders.forEach(contender -> readings.put(contender, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                var contender = contenders.get((round + turn) % contenders.size());
                of(readings, contender).add(discipline.run(contender));
            }
        }
        return new Contest<>(readings);
    }

    Spread spread(C contender, Measure measure) {
        return new Spread(of(readings, contender).stream()
                .map(reading -> reading.of(measure))
                .toList());
    }

    /** The median of what each round's own ratio was, which a slow minute does not touch. */
    double ratio(C contender, C peer, Measure measure) {
        var ours = of(readings, contender);
        var theirs = of(readings, peer);
        return Spread.of(IntStream.range(0, ours.size())
                        .mapToObj(round ->
                                ours.get(round).of(measure) / theirs.get(round).of(measure))
                        .toList())
                .median();
    }

    private static <C> List<Reading> of(Map<C, List<Reading>> readings, C contender) {
        var found = readings.get(contender);
        if (found == null) {
            throw new IllegalArgumentException("did not take part: " + contender);
        }
        return found;
    }
}
