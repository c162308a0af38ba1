package dev.railwaypostgres.operator.signal;

import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.model.EnvironmentListing;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists each environment once per interval, for all databases in it that share a token, and signals those whose service or volume has
 * changed since.
 *
 * <p>A look at a database uses the last listing and costs nothing; who is about to act asks for a fresh one, and those
 * who ask at the same time share one call.
 */
public final class RailwayPoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RailwayPoller.class);

    private final InstantSource clock;
    private final Duration interval;
    private final Consumer<ResourceID> signal;
    private final Map<RailwayHome, Watched> homes = new ConcurrentHashMap<>();
    private final Map<ResourceID, Follower> followers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("railway-poller").factory());

    public RailwayPoller(InstantSource clock, Duration interval, Consumer<ResourceID> signal) {
        this.clock = clock;
        this.interval = interval;
        this.signal = signal;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(
                this::poll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on, changes of that service and its volume signal that database. */
    public void follow(ResourceID database, RailwayHome home, String serviceName) {
        followers.put(database, new Follower(home, serviceName));
    }

    public void leave(ResourceID database) {
        followers.remove(database);
    }

    /** The environment as it was listed last; listed now if it never was. */
    public EnvironmentListing last(RailwayHome home) {
        Sighting<EnvironmentListing> sighting = watched(home).last;
        return sighting == null ? fresh(home) : sighting.value();
    }

    /** The environment as it was listed at most so long ago. */
    public EnvironmentListing recent(RailwayHome home, Duration maxAge) {
        Sighting<EnvironmentListing> sighting = watched(home).last;
        return sighting != null && sighting.isYoungerThan(maxAge, clock.instant()) ? sighting.value() : fresh(home);
    }

    /** The environment as it is listed now. */
    public EnvironmentListing fresh(RailwayHome home) {
        return watched(home).list(CallTerms.CHANGE);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void poll() {
        for (RailwayHome home : List.copyOf(homes.keySet())) {
            boolean wanted = followers.values().stream()
                    .anyMatch(follower -> follower.home().equals(home));
            if (wanted) {
                poll(home);
            } else {
                homes.remove(home);
            }
        }
    }

    /** The edge: whatever goes wrong with one environment, the next interval comes. */
    private void poll(RailwayHome home) {
        try {
            if (watched(home).isDue()) {
                watched(home).list(CallTerms.RESYNC);
            }
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("environment", home.environment())
                    .log("An environment was not listed");
        }
    }

    private Watched watched(RailwayHome home) {
        return homes.computeIfAbsent(home, Watched::new);
    }

    private void compare(RailwayHome home, EnvironmentListing before, EnvironmentListing after) {
        followers.forEach((database, follower) -> {
            if (follower.home().equals(home)
                    && !View.of(before, follower.serviceName()).equals(View.of(after, follower.serviceName()))) {
                signal.accept(database);
            }
        });
    }

    /** Who wants to know about what. */
    private record Follower(RailwayHome home, String serviceName) {}

    /** One environment. */
    private final class Watched {
        private final RailwayHome home;
        private final ReentrantLock listing = new ReentrantLock();
        private volatile @Nullable Sighting<EnvironmentListing> last;

        Watched(RailwayHome home) {
            this.home = home;
        }

        boolean isDue() {
            Sighting<EnvironmentListing> sighting = last;
            return sighting == null || !sighting.isYoungerThan(interval.dividedBy(2), clock.instant());
        }

        EnvironmentListing list(CallTerms terms) {
            var asked = clock.instant();
            listing.lock();
            try {
                Sighting<EnvironmentListing> before = last;
                if (before != null && before.at().isAfter(asked)) {
                    return before.value();
                }
                var at = clock.instant();
                EnvironmentListing now = home.client().under(terms).environment(home.environment());
                last = new Sighting<>(now, at);
                if (before != null) {
                    compare(home, before.value(), now);
                }
                return now;
            } finally {
                listing.unlock();
            }
        }
    }
}
