package dev.railwaypostgres.railway;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: longer each time, up to a cap, and never all at the same moment.
 *
 * @param first the wait after the first failure
 * @param factor how much longer each further wait is
 * @param cap the longest wait
 * @param jitter the share of a wait, 0 to 1, that is left to chance
 */
public record Backoff(Duration first, double factor, Duration cap, double jitter) {
    public Backoff {
        if (first.isNegative() || factor < 1 || cap.compareTo(first) < 0 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("No backoff can be made of " + first + ", " + factor + ", " + cap);
        }
    }

    /**
     * The wait before the next try.
     *
     * @param failures how often it has failed so far, from 1
     */
    public Duration after(int failures, RandomGenerator random) {
        double grown = Math.min((double) cap.toMillis(), first.toMillis() * Math.pow(factor, failures - 1.0));
        return Duration.ofMillis(Math.round(grown * (1 - jitter * random.nextDouble())));
    }
}
