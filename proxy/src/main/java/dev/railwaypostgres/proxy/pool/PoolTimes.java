package dev.railwaypostgres.proxy.pool;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The pool's world: its event loop and its clock.
 *
 * @param loop runs what must not run inside the caller's own call
 * @param ticker calls back every 100 ms until it is stopped
 * @param clock in nanoseconds, as {@link System#nanoTime}
 */
public record PoolTimes(Executor loop, Ticker ticker, LongSupplier clock) {
    /** Begins to call {@code tick} every 100 ms; what it returns ends that. */
    @FunctionalInterface
    public interface Ticker {
        Runnable start(Runnable tick);
    }
}
