package dev.railwaypostgres.sleep.watch;

import dev.railwaypostgres.sleep.LoginSight;
import dev.railwaypostgres.sleep.SleepPolicy;
import dev.railwaypostgres.sleep.compute.AdminLogin;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.ComputeSession;
import dev.railwaypostgres.sleep.compute.ComputeSql;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import dev.railwaypostgres.sleep.compute.RunningParameters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps one session open to each compute that runs, or tries to while it starts, and looks through it again and again.
 * What was seen last is there at any time; a signal goes out when it is something else than before.
 *
 * @param <K> what databases are known by
 */
public final class ComputeWatch<K> implements AutoCloseable {
    private final ComputeSql sql;
    private final InstantSource clock;
    private final Consumer<K> signal;
    private final Map<K, WatchedCompute> computes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    public ComputeWatch(ComputeSql sql, InstantSource clock, Consumer<K> signal) {
        this(
                sql,
                clock,
                signal,
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().name("compute-watch").factory()));
    }

    /** @param timer says when to look; one that is shut down leaves all looks to {@link #look} */
    public ComputeWatch(ComputeSql sql, InstantSource clock, Consumer<K> signal, ScheduledExecutorService timer) {
        this.sql = sql;
        this.clock = clock;
        this.signal = signal;
        this.timer = timer;
    }

    /**
     * How to watch a compute.
     *
     * @param pace time between two looks
     * @param timeout for the login and for each question
     */
    public record Order(AdminLogin login, SleepPolicy policy, Duration pace, Duration timeout) {}

    /** Watches a database's compute from now on, by this order instead of any before. */
    public void follow(K database, Order order) {
        WatchedCompute known = computes.get(database);
        if (known != null) {
            known.obey(order);
            return;
        }
        WatchedCompute compute = new WatchedCompute(sql, clock, order);
        WatchedCompute other = computes.putIfAbsent(database, compute);
        if (other == null) {
            // Only now: a tick that does not find its compute in the map is the last one.
            schedule(database, compute, Duration.ZERO);
        }
    }

    /** Ends the session, if there is one. */
    public void leave(K database) {
        WatchedCompute compute = computes.remove(database);
        if (compute != null) {
            compute.close();
        }
    }

    public LoginSight last(K database) {
        WatchedCompute compute = computes.get(database);
        return compute == null ? new LoginSight.NotTried() : compute.last();
    }

    public Optional<RolesSnapshot> roles(K database) {
        return Optional.ofNullable(computes.get(database)).flatMap(WatchedCompute::roles);
    }

    public Optional<RunningParameters> parameters(K database) {
        return Optional.ofNullable(computes.get(database)).flatMap(WatchedCompute::parameters);
    }

    /** Looks now, and blocks for it. */
    public LoginSight look(K database) {
        WatchedCompute compute = computes.get(database);
        return compute == null ? new LoginSight.NotTried() : compute.look();
    }

    /**
     * Does something through the session, or through a new one.
     *
     * @throws IllegalStateException if the database is not watched
     */
    public <T> T call(K database, Function<ComputeSession, T> work) {
        return watched(database).call(work);
    }

    /** Which Postgres it is, and where its log ends by now: looks tell no older end from then on. */
    public ComputeIdentity identify(K database) {
        return watched(database).identify();
    }

    /** Offers parameters to the compute, and looks what became of it. */
    public void offerParameters(K database, String text) {
        watched(database).offerParameters(text);
    }

    /** Begins the smart shutdown, and remembers that this was done. */
    public void fence(K database) {
        watched(database).fence();
    }

    /** Ends the session, so that it is not what keeps Postgres up. It may be tried to log in again. */
    public void endSession(K database) {
        watched(database).endSession();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        List.copyOf(computes.keySet()).forEach(this::leave);
    }

    private WatchedCompute watched(K database) {
        WatchedCompute compute = computes.get(database);
        if (compute == null) {
            throw new IllegalStateException("The compute of " + database + " is not watched");
        }
        return compute;
    }

    private void schedule(K database, WatchedCompute compute, Duration delay) {
        if (!timer.isShutdown()) {
            var _ = timer.schedule(
                    () -> Thread.ofVirtual().name("look-" + database).start(() -> tick(database, compute)),
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void tick(K database, WatchedCompute compute) {
        if (computes.get(database) != compute) {
            return;
        }
        try {
            if (compute.lookForNews()) {
                signal.accept(database);
            }
        } finally {
            schedule(database, compute, compute.pace());
        }
    }
}
