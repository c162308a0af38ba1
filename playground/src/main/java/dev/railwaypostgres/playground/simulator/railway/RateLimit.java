package dev.railwaypostgres.playground.simulator.railway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The limit on all calls of a token's owner, by the hour, and the headers that tell of it. */
final class RateLimit {
    private static final Duration WINDOW = Duration.ofHours(1);

    private final Quirks quirks;
    private final Clock clock;
    private Instant windowEnd;
    private int used;

    RateLimit(Quirks quirks, Clock clock) {
        this.quirks = quirks;
        this.clock = clock;
        this.windowEnd = clock.instant().plus(WINDOW);
    }

    /** Whether one more call passes, and the headers of its answer. */
    record Verdict(boolean passes, Map<String, String> headers) {}

    synchronized Verdict call() {
        var now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            used = 0;
            windowEnd = now.plus(WINDOW);
        }
        used++;
        var limit = quirks.callsPerHour();
        return limit == 0 ? new Verdict(true, Map.of()) : verdict(limit, now);
    }

    /** Starts a new hour. */
    synchronized void reset() {
        used = 0;
    }

    private Verdict verdict(int limit, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-RateLimit-Limit", String.valueOf(limit));
        headers.put("X-RateLimit-Remaining", String.valueOf(Math.max(0, limit - used)));
        headers.put("X-RateLimit-Reset", String.valueOf(windowEnd.getEpochSecond()));
        var passes = used <= limit;
        if (!passes) {
            headers.put(
                    "Retry-After",
                    String.valueOf(Duration.between(now, windowEnd).toSeconds() + 1));
        }
        return new Verdict(passes, headers);
    }
}
