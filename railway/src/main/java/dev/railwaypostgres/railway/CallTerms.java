package dev.railwaypostgres.railway;

import java.time.Duration;

/**
 * How a call takes its turn in the token's call budget.
 *
 * @param patience how long it may wait for its turn; after that, or at once if it is clear that it would take longer, it
 *     fails with {@link RailwayException.RateLimited}
 */
public record CallTerms(Priority priority, Duration patience) {
    public static final CallTerms WAKE = new CallTerms(Priority.WAKE, Duration.ofSeconds(60));
    public static final CallTerms CHANGE = new CallTerms(Priority.CHANGE, Duration.ofSeconds(30));
    public static final CallTerms RESYNC = new CallTerms(Priority.RESYNC, Duration.ofSeconds(10));
}
