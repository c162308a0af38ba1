package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateHeadersTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"90", "1795489290", "1795489290000"})
    void readAResetWhicheverWayItIsSaid(String reset) {
        RateHeaders headers = RateHeaders.from(Headers.of("X-RateLimit-Reset", reset), NOW);

        assertThat(headers.pause()).contains(Duration.ofSeconds(90));
    }

    @Test
    void tellTheShareThatIsLeft() {
        RateHeaders headers =
                RateHeaders.from(Headers.of("X-RateLimit-Limit", "1000", "X-RateLimit-Remaining", "250"), NOW);

        assertThat(headers.left()).hasValue(0.25);
        assertThat(headers.isExhausted()).isFalse();
    }

    @Test
    void preferTheRetryAfterToTheReset() {
        RateHeaders headers = RateHeaders.from(Headers.of("Retry-After", "7", "X-RateLimit-Reset", "90"), NOW);

        assertThat(headers.pause()).contains(Duration.ofSeconds(7));
    }

    @Test
    void neverStopCallsForMoreThanAnHour() {
        RateHeaders headers = RateHeaders.from(Headers.of("Retry-After", "86400"), NOW);

        assertThat(headers.pause()).contains(Duration.ofHours(1));
    }

    @Test
    void areOverlookedWhenTheyMakeNoSense() {
        RateHeaders headers = RateHeaders.from(
                Headers.of("X-RateLimit-Limit", "0", "X-RateLimit-Remaining", "many", "Retry-After", "soon"), NOW);

        assertThat(headers.left()).isEmpty();
        assertThat(headers.pause()).isEmpty();
    }
}
