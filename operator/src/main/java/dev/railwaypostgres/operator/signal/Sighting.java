package dev.railwaypostgres.operator.signal;

import java.time.Duration;
import java.time.Instant;

/**
 * Something seen, and when it was asked for.
 *
 * @param at before the question was sent: what happened after it may not be in the answer
 */
record Sighting<T>(T value, Instant at) {
    boolean isYoungerThan(Duration age, Instant now) {
        return at.isAfter(now.minus(age));
    }
}
