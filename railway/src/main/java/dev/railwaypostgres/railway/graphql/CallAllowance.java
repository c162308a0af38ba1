package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.Priority;
import java.time.Duration;

/**
 * How many calls a token may make at the moment: a bucket for the hour, one for the second, and a share of the hour that
 * is kept for those who are more important. Knows no threads and no clock.
 */
final class CallAllowance {
    private static final double NANOS_PER_HOUR = 3.6e12;
    private static final double NANOS_PER_SECOND = 1e9;

    private final TokenBucket hour;
    private final TokenBucket second;
    private long closedUntil;

    CallAllowance(Plan plan, long now) {
        this.hour = new TokenBucket(plan.callsPerHour(), plan.callsPerHour() / NANOS_PER_HOUR, now);
        this.second = new TokenBucket(plan.callsPerSecond(), plan.callsPerSecond() / NANOS_PER_SECOND, now);
        this.closedUntil = now;
    }

    /** How long a call of that priority would have to wait; zero is now. Moments are those of {@link System#nanoTime}. */
    Duration waitFor(Priority priority, long now) {
        long hourly = hour.waitFor(1 + reserve(priority), now);
        long wait = Math.max(closedUntil - now, Math.max(hourly, second.waitFor(1, now)));
        return Duration.ofNanos(Math.max(0, wait));
    }

    void take(long now) {
        hour.take(now);
        second.take(now);
    }

    /** Believes Railway when it has counted more than we have: others may use the same token. */
    void learn(RateHeaders headers, long now) {
        headers.left().ifPresent(left -> hour.lowerTo(left * hour.capacity(), now));
        if (headers.isExhausted()) {
            headers.pause().ifPresent(pause -> close(pause, now));
        }
    }

    /** Lets nobody through for a while. */
    void close(Duration time, long now) {
        // Differences only: System.nanoTime may overflow.
        if (now + time.toNanos() - closedUntil > 0) {
            closedUntil = now + time.toNanos();
        }
    }

    private double reserve(Priority priority) {
        return hour.capacity()
                * switch (priority) {
                    case WAKE -> 0;
                    case CHANGE -> 0.05;
                    case RESYNC -> 0.2;
                };
    }
}
