package dev.railwaypostgres.playground;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Waits for the world to become as it is claimed to be; when it does not in time, the last reason is the test's failure. */
public final class Eventually {
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    /** Waits half a minute at most. */
    public static void eventually(ThrowingCallable claim) {
        within(DEFAULT_LIMIT, claim);
    }

    /** Asserts again and again until it holds or the time is over. */
    public static void within(Duration limit, ThrowingCallable claim) {
        var deadline = System.nanoTime() + limit.toNanos();
        var failure = failureOf(claim);
        while (failure != null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            failure = failureOf(claim);
        }
        if (failure != null) {
            throw new AssertionError("Not within %s: %s".formatted(limit, failure.getMessage()), failure);
        }
    }

    private static @Nullable Throwable failureOf(ThrowingCallable claim) {
        try {
            claim.call();
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }
}
