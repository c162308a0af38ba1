package dev.railwaypostgres.playground.bench.proxy;

/** What must be reached. */
sealed interface Bar {
    /** Only to be looked at. */
    record None() implements Bar {}

    /** The ratio to the peer in the same rounds. */
    record RatioAtMost(double limit) implements Bar {}

    record RatioAtLeast(double limit) implements Bar {}

    /** The proxy's own reading, in its unit. */
    record ValueAtMost(double limit) implements Bar {}

    /** @param ratio NaN when there is no peer */
    default boolean isMet(double value, double ratio) {
        return switch (this) {
            case None _ -> true;
            case RatioAtMost(double limit) -> ratio <= limit;
            case RatioAtLeast(double limit) -> ratio >= limit;
            case ValueAtMost(double limit) -> value <= limit;
        };
    }

    default String text() {
        return switch (this) {
            case None _ -> "-";
            case RatioAtMost(double limit) -> "x <= " + Spread.number(limit);
            case RatioAtLeast(double limit) -> "x >= " + Spread.number(limit);
            case ValueAtMost(double limit) -> "<= " + Spread.number(limit);
        };
    }
}
