package dev.railwaypostgres.playground.conformance.fuzz;

import static org.assertj.core.api.Assertions.fail;

import dev.railwaypostgres.playground.QuietLog;
import dev.railwaypostgres.playground.conformance.KnownDifferences;
import dev.railwaypostgres.playground.conformance.scene.Entrance;
import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import dev.railwaypostgres.playground.conformance.scene.Situation;
import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.Difference;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random talks, in which each message is lawful and their order need not make sense: the proxy answers as Postgres does, message
 * by message. {@code -Dfuzz.seed=7} begins with another talk, {@code -Dfuzz.seconds=600} tries more of them.
 */
@ExtendWith(QuietLog.class)
class TalkIT {
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("fuzz.seconds", 6));

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final EnumSet<Saying> SAYINGS = EnumSet.allOf(Saying.class);

    static {
        if (KnownDifferences.ofTheProxy().contain("extended/query-within-a-round")) {
            SAYINGS.removeAll(EnumSet.of(
                    Saying.PARSE, Saying.BIND, Saying.DESCRIBE, Saying.EXECUTE, Saying.COPY_IN_BY_EXTENDED_PROTOCOL));
        }
    }

    @TempDir
    private static Path folder;

    private static Postgres postgres;
    private static Lane lane;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(folder);
        lane = new Lane(postgres, 1);
        lane.administer("CREATE TABLE t (i int); GRANT ALL ON t TO app");
    }

    @AfterAll
    static void end() {
        lane.end();
        postgres.close();
    }

    @Test
    void answersAnyTalkAsPostgresDoes() {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        long seed = SEED;
        for (; System.nanoTime() < deadline; seed++) {
            verify(seed);
        }
        System.out.printf("fuzz: the talks of seeds %d to %d were answered as by Postgres%n", SEED, seed - 1);
    }

    private static void verify(long seed) {
        var talk = Talk.of(seed, SAYINGS);
        var found = difference(talk);
        if (found.isPresent()) {
            var shortest = shortest(talk, shorter -> difference(shorter).isPresent());
            fail(
                    "-Dfuzz.seed=%d: %s%nThe shortest that shows it: %s%n%s",
                    seed, found.get(), difference(shortest), shortest);
        }
    }

    private static Talk shortest(Talk talk, Predicate<Talk> isFaulty) {
        var shortest = talk;
        for (int index = talk.lines().size() - 1; index >= 0; index--) {
            var shorter = shortest.without(index);
            if (isFaulty.test(shorter)) {
                shortest = shorter;
            }
        }
        return shortest;
    }

    private static Optional<String> difference(Talk talk) {
        var expected = hear(talk, lane::connectDirectly);
        lane.enter(new Situation(Situation.Kind.WARM, 1));
        try {
            var actual = lane.withPatience(PATIENCE, () -> hear(talk, lane::connect));
            lane.untilAllIsGivenBack();
            return Difference.between("the client", expected, actual).map(Difference::toString);
        } catch (WireClient.Silence | AssertionError problem) {
            return Optional.of(String.valueOf(problem.getMessage()));
        }
    }

    private static List<String> hear(Talk talk, Entrance entrance) {
        try (var client = entrance.connect(Postgres.APP, Map.of())) {
            talk.sayTo(client);
            try (var neighbour = entrance.connect(Postgres.APP, Map.of())) {
                neighbour.send(ClientMessage.query("SELECT count(*) FROM t"));
                neighbour.await("ReadyForQuery");
                client.leave();
                return Stream.concat(client.heard().stream(), neighbour.heard().stream())
                        .toList();
            }
        } finally {
            lane.administer("TRUNCATE t");
        }
    }
}
