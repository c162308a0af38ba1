package dev.railwaypostgres.proxy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, with a deadline. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(5);

    private Eventually() {}

    /** Fails when the condition does not come true in time. */
    public static void holds(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
