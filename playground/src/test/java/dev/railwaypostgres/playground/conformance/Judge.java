package dev.railwaypostgres.playground.conformance;

import dev.railwaypostgres.playground.conformance.scene.FreshClient;
import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Neighbours;
import dev.railwaypostgres.playground.conformance.scene.Situation;
import dev.railwaypostgres.playground.conformance.scene.Situation.Kind;
import dev.railwaypostgres.playground.conformance.script.Script;
import dev.railwaypostgres.playground.conformance.wire.Difference;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets scripts be played with Postgres and with the proxy, and compares what was heard: by the script's clients, by those who
 * were there before, and by one who comes afterwards.
 */
final class Judge {
    private static final String LATER = "a client that comes afterwards";
    private static final String READY = "ReadyForQuery I";

    private final Lane lane;
    private final List<String> fresh;
    private final Map<Situation, Map<String, List<String>>> neighbours = new HashMap<>();

    /** Where the proxy was told from Postgres. */
    record Finding(Situation situation, Difference difference) {
        String story() {
            return situation + ": " + difference.story();
        }

        @Override
        public String toString() {
            return situation + ": " + difference;
        }
    }

    Judge(Lane lane) {
        this.lane = lane;
        this.fresh = FreshClient.look(lane::connectDirectly);
    }

    /** @return empty when nobody can tell the proxy from Postgres */
    Optional<Finding> judge(Script script) {
        var expected = script.isJudgedByPostgres() ? withPostgres(script) : script.expected();
        return situations(script)
                .flatMap(situation ->
                        difference(script, situation, expected)
                                .map(difference -> new Finding(situation, difference))
                                .stream())
                .findFirst();
    }

    /** Of a pool that is larger than the script needs, a lonely client sees little. */
    private static Stream<Situation> situations(Script script) {
        var tight = Stream.of(Kind.values()).map(kind -> new Situation(kind, script.servers()));
        var roomy = (script.hasOneClient() ? Stream.of(Kind.DIRTY) : Stream.of(Kind.COLD, Kind.DIRTY, Kind.ASLEEP))
                .map(kind -> new Situation(kind, script.servers() + 1));
        return Stream.concat(tight, roomy);
    }

    private Map<String, List<String>> withPostgres(Script script) {
        try {
            var heard = Performance.of(script, lane, new Stage.OfPostgres(lane));
            if (heard.containsKey(Performance.SCRIPT)) {
                throw new IllegalStateException("%s does not work with Postgres: %s".formatted(script, heard));
            }
            return heard;
        } finally {
            lane.tidyUp();
        }
    }

    private Optional<Difference> difference(Script script, Situation situation, Map<String, List<String>> expected) {
        var all = new LinkedHashMap<>(expected);
        all.put(LATER, fresh);
        all.putAll(neighbours.computeIfAbsent(situation, this::neighboursAlone));
        try {
            var heard = withProxy(script, situation);
            lane.untilAllIsGivenBack();
            return Difference.between(all, heard);
        } catch (WireClient.Silence | AssertionError problem) {
            return Optional.of(
                    Difference.ofFailure(String.valueOf(problem.getMessage()).replace('\n', ' ')));
        } finally {
            lane.tidyUp();
        }
    }

    private Map<String, List<String>> neighboursAlone(Situation situation) {
        try (var there = Neighbours.in(situation, lane::connectDirectly)) {
            return there.heard();
        }
    }

    private Map<String, List<String>> withProxy(Script script, Situation situation) {
        lane.enter(situation);
        try (var there = Neighbours.in(situation, lane::connect)) {
            var heard = new LinkedHashMap<>(Performance.of(script, lane, new Stage.OfProxy(lane)));
            if (heard.containsKey(Performance.SCRIPT)) {
                return heard;
            }
            if (!script.isJudgedByPostgres()) {
                heard.keySet().retainAll(script.expected().keySet());
                heard.replaceAll((_, all) -> all.subList(all.indexOf(READY) + 1, all.size()));
            }
            heard.put(LATER, FreshClient.look(lane::connect));
            heard.putAll(there.heard());
            return heard;
        }
    }
}
