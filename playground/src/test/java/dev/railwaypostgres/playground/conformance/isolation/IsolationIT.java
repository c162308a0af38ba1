package dev.railwaypostgres.playground.conformance.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lives of one client, and what others see of them. {@code -Disolation.seed=7} begins with another life,
 * {@code -Disolation.seconds=600} looks at more of them, {@code -Disolation.kind=SET} at those that do one kind of thing.
 */
class IsolationIT {
    private static final long SEED = Long.getLong("isolation.seed", 1);
    private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("isolation.seconds", 8));

    private static final String WANTED = System.getProperty("isolation.kind", "");

    /**
     * What the proxy cannot keep apart: who recalls what it has drawn from a sequence is told that it has not, when others
     * have had the server connection meanwhile. Tried as well, so that it leaves this list on the day on which it works.
     */
    private static final Set<DeedKind> NOT_YET = EnumSet.of(DeedKind.SEQUENCE);

    private static final Set<DeedKind> KINDS =
            WANTED.isEmpty() ? EnumSet.complementOf(EnumSet.copyOf(NOT_YET)) : EnumSet.of(DeedKind.valueOf(WANTED));

    @TempDir
    private static Path folder;

    private static Postgres postgres;
    private static Lane lane;
    private static Trial trial;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(folder);
        lane = new Lane(postgres, 1);
        lane.administer("CREATE SEQUENCE drawn; GRANT ALL ON drawn TO app, other");
        trial = new Trial(lane);
    }

    @AfterAll
    static void end() {
        lane.end();
        postgres.close();
    }

    @Test
    void nobodySeesWhatAnotherHasDone() {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        long seed = SEED;
        for (; System.nanoTime() < deadline; seed++) {
            verify(seed, KINDS);
        }
        System.out.printf("isolation: the lives of seeds %d to %d left nothing behind%n", SEED, seed - 1);
    }

    private static void verify(long seed, Set<DeedKind> kinds) {
        var session = DirtySession.of(seed, kinds);
        var found = trial.of(session);
        if (found.isPresent()) {
            var shortest =
                    Shrinking.shortest(session, shorter -> trial.of(shorter).isPresent());
            fail(
                    "-Disolation.seed=%d: %s%n%s%nThe shortest that shows it: %s%n%s",
                    seed, found.get(), session, trial.of(shortest).orElse("(none, this time)"), shortest);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("notYet")
    void whatCannotBeKeptApartYetStillCannot(DeedKind kind) {
        assertThat(LongStream.range(0, 50)
                        .mapToObj(seed -> DirtySession.of(seed, Set.of(kind)))
                        .anyMatch(session -> trial.of(session).isPresent()))
                .as("some life of %s shows: else take it out of the list", kind)
                .isTrue();
    }

    static Set<DeedKind> notYet() {
        return NOT_YET;
    }
}
