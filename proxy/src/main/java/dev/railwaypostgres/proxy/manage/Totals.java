package dev.railwaypostgres.proxy.manage;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What had been counted of a database, or of several together, at some moment; or between two. */
public record Totals(Map<Count, Long> values) {
    public static final Totals NOTHING = of(_ -> 0L);

    public Totals {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    public static Totals of(DatabaseMetrics metrics) {
        return of(count -> count.of(metrics));
    }

    private static Totals of(Function<Count, Long> value) {
        return new Totals(Arrays.stream(Count.values()).collect(Collectors.toMap(Function.identity(), value)));
    }

    public long of(Count count) {
        return values.getOrDefault(count, 0L);
    }

    public Totals plus(Totals others) {
        return of(count -> of(count) + others.of(count));
    }

    /** What has come since. */
    public Totals since(Totals before) {
        return of(count -> of(count) - before.of(count));
    }
}
