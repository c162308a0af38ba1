package dev.railwaypostgres.playground.simulator.railway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The separate limits on creations; reported as failures with status 200, unlike the limit on all calls. */
final class Throttles {
    private final Map<String, Instant> last = new ConcurrentHashMap<>();
    private final Clock clock;

    Throttles(Clock clock) {
        this.clock = clock;
    }

    /** Refuses when the last creation of this kind was less than the interval ago. */
    void pass(String kind, Duration interval) {
        last.compute(kind, (_, before) -> {
            var now = clock.instant();
            if (before != null && now.isBefore(before.plus(interval))) {
                throw ApiException.failure(
                        "Whoa there pal! You are creating a " + kind + " too fast, try again in a sec");
            }
            return now;
        });
    }
}
