package dev.railwaypostgres.sleep;

import java.time.Instant;
import java.util.Optional;

/** What proxies have asked for last. */
public record Wishes(Optional<Wish> wake, Optional<Wish> hold) {
    public static final Wishes NONE = new Wishes(Optional.empty(), Optional.empty());

    /**
     * One wish.
     *
     * @param text who wants it and why, in words
     */
    public record Wish(Instant at, String text) {}

    public Optional<Wish> wakeFrom(Instant earliest) {
        return wake.filter(wish -> !wish.at().isBefore(earliest));
    }

    public Optional<Wish> holdFrom(Instant earliest) {
        return hold.filter(wish -> !wish.at().isBefore(earliest));
    }
}
