package dev.railwaypostgres.operator.database;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** What proxies have asked for last, read from the annotations that carry it. */
public record Wishes(Optional<Wish> wake, Optional<Wish> hold) {
    public static final String WAKE_ANNOTATION = "railway-postgres.dev/wake-requested";
    public static final String HOLD_ANNOTATION = "railway-postgres.dev/hold";
    public static final Wishes NONE = new Wishes(Optional.empty(), Optional.empty());

    /**
     * One wish.
     *
     * @param text who wants it and why, in words
     */
    public record Wish(Instant at, String text) {}

    static Wishes of(Map<String, String> annotations) {
        return new Wishes(read(annotations, WAKE_ANNOTATION), read(annotations, HOLD_ANNOTATION));
    }

    Optional<Wish> wakeFrom(Instant earliest) {
        return wake.filter(wish -> !wish.at().isBefore(earliest));
    }

    Optional<Wish> holdFrom(Instant earliest) {
        return hold.filter(wish -> !wish.at().isBefore(earliest));
    }

    /** A person may have written the annotation by hand: what cannot be read is no wish. */
    private static Optional<Wish> read(Map<String, String> annotations, String name) {
        String[] words = annotations.getOrDefault(name, "").split(" ", 2);
        try {
            return Optional.of(new Wish(Instant.parse(words[0]), words.length > 1 ? words[1] : "unknown"));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
