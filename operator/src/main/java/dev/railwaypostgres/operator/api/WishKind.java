package dev.railwaypostgres.operator.api;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What proxies can wish for, and when a wish has to be written down. */
enum WishKind {
    WAKE("railway-postgres.dev/wake-requested") {
        @Override
        boolean isPointless(@Nullable Phase phase) {
            return phase == Phase.WAKING;
        }
    },
    HOLD("railway-postgres.dev/hold") {
        @Override
        boolean isPointless(@Nullable Phase phase) {
            return phase == Phase.SUSPENDED || phase == Phase.WAKING;
        }
    };

    /** An awake database gets at most one new wish in this time; whoever wishes again is heard. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final String annotation;

    WishKind(String annotation) {
        this.annotation = annotation;
    }

    /** Whether the wish can have no effect in that phase, because it is being fulfilled or comes too late. */
    abstract boolean isPointless(@Nullable Phase phase);

    String annotation() {
        return annotation;
    }

    /**
     * The moment to write down for a wish made now; empty if a wish that is as good stands there already.
     *
     * <p>It is never before the present phase, whatever this machine's clock says: a wish from before is of the past.
     */
    Optional<Instant> word(ServerlessDatabase database, Instant now) {
        var status = Objects.requireNonNullElseGet(database.getStatus(), ServerlessDatabaseStatus::unknown);
        var since = instant(status.phaseSince());
        var standing = instant(standing(database));
        var goingToSleep = status.phase() == Phase.SUSPENDING || status.phase() == Phase.SUSPENDED;
        var oldest = goingToSleep ? since : later(since, now.minus(FRESH));
        var stands = !standing.equals(Instant.MIN) && !standing.isBefore(oldest);
        return stands || isPointless(status.phase()) ? Optional.empty() : Optional.of(later(since, now));
    }

    private @Nullable String standing(ServerlessDatabase database) {
        var annotations = database.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(annotation);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The first word of the text as a moment; the earliest there is if it is none. */
    private static Instant instant(@Nullable String text) {
        try {
            return text == null ? Instant.MIN : Instant.parse(text.split(" ", 2)[0]);
        } catch (DateTimeParseException _) {
            return Instant.MIN;
        }
    }
}
