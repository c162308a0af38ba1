package dev.railwaypostgres.playground.bench.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A stretch of time in which a pooler was watched.
 *
 * @param from in seconds of the epoch, as is {@code to}
 * @param cpu seconds that the pooler used in it
 */
record Window(double from, double to, double cpu) {
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double MICROS_PER_SECOND = 1e6;

    /** Waits until it is over. */
    static Window of(ProcessFigures pooler, Duration length) throws IOException {
        var from = now();
        var before = pooler.cpu();
        var end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        var after = pooler.cpu();
        return new Window(from, now(), after - before);
    }

    private static double now() {
        return System.currentTimeMillis() / MILLIS_PER_SECOND;
    }

    Reading reading(List<PgBench.Transaction> all) {
        var within = all.stream()
                .filter(transaction -> transaction.endedAt() >= from && transaction.endedAt() < to)
                .mapToDouble(PgBench.Transaction::micros)
                .sorted()
                .toArray();
        if (within.length == 0) {
            throw new IllegalStateException("no transaction within the window");
        }
        return new Reading(Map.of(
                Measure.CPU,
                cpu * MICROS_PER_SECOND / within.length,
                Measure.RATE,
                within.length / (to - from),
                Measure.P50,
                nearest(within, 0.5),
                Measure.P99,
                nearest(within, 0.99)));
    }

    private static double nearest(double[] sorted, double quantile) {
        return sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)];
    }
}
