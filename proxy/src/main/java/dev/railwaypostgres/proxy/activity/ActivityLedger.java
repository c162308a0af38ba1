package dev.railwaypostgres.proxy.activity;

import dev.railwaypostgres.proxy.operator.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has woken one database, who has called a suspend off, and who has worked in it and is gone: the latest of each kind.
 * However many come and go, it stays small. Confined to its event loop.
 */
public final class ActivityLedger {
    private static final int KEPT = 50;

    /**
     * One wake.
     *
     * @param by the first who waited for it
     * @param took from then until Postgres answered; null: it goes on, or nobody has waited for its end
     */
    public record Wake(Instant at, Visitor by, @Nullable Duration took) {}

    /**
     * A session held the database awake when it was about to sleep.
     *
     * @param reason what could not be parked
     */
    public record Hold(Instant at, Visitor by, String reason) {}

    /**
     * Sessions that have worked and are gone, all those of one application from one host as one role.
     *
     * @param latest who of them has left last
     * @param lastWork when any of them worked last
     */
    public record Departed(Visitor latest, Instant lastWork, long sessions, long transactions) {
        private Departed and(Departed later) {
            var last = lastWork.isAfter(later.lastWork) ? lastWork : later.lastWork;
            return new Departed(later.latest, last, sessions + later.sessions, transactions + later.transactions);
        }
    }

    private record Who(String host, String application, String role) {
        static Who of(Visitor visitor) {
            return new Who(visitor.host(), visitor.application(), visitor.role());
        }
    }

    private final Deque<Wake> wakes = new ArrayDeque<>();
    private final Deque<Hold> holds = new ArrayDeque<>();
    private final Map<Who, Departed> departed = new LinkedHashMap<>();

    /** Somebody waits for a database that sleeps, and nobody did before. */
    public void waking(Visitor by) {
        put(wakes, new Wake(Instant.now(), by, null));
    }

    /** Postgres answers. */
    public void woke(Duration took) {
        var last = wakes.poll();
        if (last != null) {
            wakes.push(new Wake(last.at(), last.by(), took));
        }
    }

    public void held(Visitor by, String reason) {
        put(holds, new Hold(Instant.now(), by, reason));
    }

    /** A session has ended that has worked. */
    public void left(Visitor visitor, Instant lastWork, long transactions) {
        var who = Who.of(visitor);
        var now = new Departed(visitor, lastWork, 1, transactions);
        var before = departed.remove(who);
        departed.put(who, before == null ? now : before.and(now));
        if (departed.size() > KEPT) {
            departed.remove(departed.keySet().iterator().next());
        }
    }

    private static <T> void put(Deque<T> newestFirst, T entry) {
        newestFirst.push(entry);
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
    }

    /** The latest first. */
    public List<Wake> wakes() {
        return List.copyOf(wakes);
    }

    /** The latest first. */
    public List<Hold> holds() {
        return List.copyOf(holds);
    }

    /** Who has left last first. */
    public List<Departed> departed() {
        return new ArrayList<>(departed.values()).reversed();
    }
}
