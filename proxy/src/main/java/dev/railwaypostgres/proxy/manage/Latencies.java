package dev.railwaypostgres.proxy.manage;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** How long something took, and how often: counted in buckets, which costs no object. Confined to its event loop. */
public final class Latencies {
    /** Upper bounds of the buckets but the last, in milliseconds: from a cached answer to the longest wait for a wake. */
    private static final double[] BOUNDS = {
        0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000
    };

    private static final long[] NANOS = nanos();

    private final long[] counts = new long[BOUNDS.length + 1];
    private long count;
    private long sum;

    private static long[] nanos() {
        return Arrays.stream(BOUNDS)
                .mapToLong(bound -> Math.round(bound * Duration.ofMillis(1).toNanos()))
                .toArray();
    }

    /** Something took so many nanoseconds. */
    public void record(long nanos) {
        int bucket = 0;
        while (bucket < NANOS.length && nanos > NANOS[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        count++;
        sum += nanos;
    }

    /** How often. */
    public long count() {
        return count;
    }

    /** How long in all. */
    public Duration sum() {
        return Duration.ofNanos(sum);
    }

    Distribution now() {
        return new Distribution(Arrays.stream(counts).boxed().toList(), sum);
    }

    /**
     * What had been counted at some moment.
     *
     * @param counts of each bucket by itself
     * @param sumNanos of all
     */
    record Distribution(List<Long> counts, long sumNanos) {
        boolean isEmpty() {
            return counts.stream().allMatch(count -> count == 0);
        }

        double seconds() {
            return sumNanos / (double) Duration.ofSeconds(1).toNanos();
        }

        /** In seconds; the last one is infinite. */
        static List<Double> bounds() {
            var finite = Arrays.stream(BOUNDS)
                    .map(bound -> bound / Duration.ofSeconds(1).toMillis());
            return DoubleStream.concat(finite, DoubleStream.of(Double.POSITIVE_INFINITY))
                    .boxed()
                    .toList();
        }
    }
}
