package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.sleep.Wishes;
import dev.railwaypostgres.sleep.Wishes.Wish;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** The annotations that carry what proxies wish. */
final class WishAnnotations {
    static final String WAKE = "railway-postgres.dev/wake-requested";
    static final String HOLD = "railway-postgres.dev/hold";

    private WishAnnotations() {}

    static Wishes read(Map<String, String> annotations) {
        return new Wishes(read(annotations, WAKE), read(annotations, HOLD));
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
