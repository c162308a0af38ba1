package dev.railwaypostgres.playground.bench.proxy;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Several readings of the same thing. */
record Spread(List<Double> values) {
    Spread {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was read");
        }
    }

    static Spread of(Collection<Double> values) {
        return new Spread(List.copyOf(values));
    }

    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    /** The median, and between which readings it lies. */
    String text() {
        return values.size() == 1
                ? number(median())
                : "%s (%s–%s)".formatted(number(median()), number(values.getFirst()), number(values.getLast()));
    }

    /** With three digits that mean something. */
    static String number(double value) {
        var digits = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, digits, value);
    }
}
