package dev.railwaypostgres.postgres;

/** One history of a database; a recovery to a point in the past begins a new one with a higher number. Starts at 1. */
public record Timeline(int number) implements Comparable<Timeline> {
    public static final Timeline FIRST = new Timeline(1);

    public Timeline {
        if (number < 1) {
            throw new IllegalArgumentException("timelines start at 1, not " + number);
        }
    }

    /**
     * @throws IllegalArgumentException for anything but a number from 1
     */
    public static Timeline parse(String text) {
        return new Timeline(Integer.parseInt(text));
    }

    public Timeline next() {
        return new Timeline(number + 1);
    }

    @Override
    public int compareTo(Timeline other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
