package dev.railwaypostgres.railway.graphql;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.Headers;

/**
 * What an answer says of the token's call budget.
 *
 * @param left the share of the budget that is left, 0 to 1. The share rather than the number, since Railway does not say
 *     clearly which window its numbers count in
 * @param resetIn when the budget is full again
 * @param retryAfter when to come back, said only when it is used up
 */
record RateHeaders(OptionalDouble left, Optional<Duration> resetIn, Optional<Duration> retryAfter) {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final long EPOCH_SECONDS_FROM = 1_000_000_000L;
    private static final long EPOCH_MILLIS_FROM = 100_000_000_000L;

    static RateHeaders from(Headers headers, Instant now) {
        Optional<Long> limit = number(headers, "X-RateLimit-Limit").filter(calls -> calls > 0);
        Optional<Long> remaining = number(headers, "X-RateLimit-Remaining");
        OptionalDouble left = limit.isPresent() && remaining.isPresent()
                ? OptionalDouble.of((double) remaining.get() / limit.get())
                : OptionalDouble.empty();
        return new RateHeaders(
                left,
                number(headers, "X-RateLimit-Reset").map(reset -> untilReset(reset, now)),
                number(headers, "Retry-After").map(Duration::ofSeconds).map(RateHeaders::bounded));
    }

    boolean isExhausted() {
        return left.isPresent() && left.getAsDouble() <= 0;
    }

    /** When calls may go on, if the answer says so. */
    Optional<Duration> pause() {
        return retryAfter.or(() -> resetIn);
    }

    /** The documents do not say whether the reset is a moment or a time from now: its size tells. */
    private static Duration untilReset(long reset, Instant now) {
        if (reset >= EPOCH_MILLIS_FROM) {
            return bounded(Duration.between(now, Instant.ofEpochMilli(reset)));
        }
        if (reset >= EPOCH_SECONDS_FROM) {
            return bounded(Duration.between(now, Instant.ofEpochSecond(reset)));
        }
        return bounded(Duration.ofSeconds(reset));
    }

    private static Duration bounded(Duration time) {
        if (time.isNegative()) {
            return Duration.ZERO;
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }

    private static Optional<Long> number(Headers headers, String name) {
        String value = headers.get(name);
        return value != null && value.strip().matches("\\d{1,15}")
                ? Optional.of(Long.valueOf(value.strip()))
                : Optional.empty();
    }
}
