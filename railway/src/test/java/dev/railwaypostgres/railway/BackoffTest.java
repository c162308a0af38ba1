package dev.railwaypostgres.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration CAP = Duration.ofSeconds(10);

    @Test
    void growsUpToItsCap() {
        Backoff backoff = new Backoff(FIRST, 2, CAP, 0);

        assertThat(IntStream.rangeClosed(1, 6).mapToObj(failures -> backoff.after(failures, new Random(1))))
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L);
    }

    @Test
    void staysAtItsCapForever() {
        assertThat(new Backoff(FIRST, 2, CAP, 0).after(Integer.MAX_VALUE, new Random(1)))
                .isEqualTo(CAP);
    }

    @Test
    void leavesAShareToChance() {
        Backoff backoff = new Backoff(FIRST, 2, CAP, 0.5);
        Random random = new Random(1);

        assertThat(IntStream.range(0, 100)
                        .mapToObj(_ -> backoff.after(1, random))
                        .distinct())
                .allSatisfy(wait -> assertThat(wait).isBetween(FIRST.dividedBy(2), FIRST))
                .hasSizeGreaterThan(1);
    }

    @Test
    void cannotShrink() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(FIRST, 0.5, CAP, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(CAP, 2, FIRST, 0));
    }
}
