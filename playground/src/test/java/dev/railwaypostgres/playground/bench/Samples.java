package dev.railwaypostgres.playground.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Durations of the same thing, measured again and again. */
record Samples(List<Duration> durations) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** The duration in milliseconds that this part of all samples does not exceed (nearest rank). */
    double milliseconds(double quantile) {
        var sorted = durations.stream().sorted().toList();
        var rank = (int) Math.ceil(quantile * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1).toNanos() / NANOS_PER_MILLI;
    }

    double p95() {
        return milliseconds(0.95);
    }

    /** For a line of progress. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%d samples: p50 %.1f ms, p95 %.1f ms, max %.1f ms",
                durations.size(),
                milliseconds(0.5),
                p95(),
                milliseconds(1));
    }
}
