package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.manage.ProxyMetrics;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.proxy.wake.Waker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server connections of one database, and the queue before them.
 *
 * <p>What the API says of the database is only a hint, for it may be late: the truth is a real login. As long as none has
 * succeeded, the first in the queue tries every 100 ms, in its own name; each success doubles how many may try at once, so
 * a crowd that waited for a wake does not fall upon a server that has just started. A refusal means that the database
 * sleeps: then a wake is asked for, as long as somebody waits.
 *
 * <p>Confined to its event loop.
 */
public final class ServerPool {
    private static final Logger LOG = LoggerFactory.getLogger(ServerPool.class);

    /** News of a suspend that is older than this is stale: a login tells more. */
    private static final long SUSPEND_IS_NEWS = Duration.ofSeconds(5).toNanos();

    private final Waker waker;
    private final ServerDialer dialer;
    private final PoolTimes times;
    private final Duration wakeTimeout;
    private final ProxyMetrics metrics;

    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final LinkedHashSet<Lessee> lessees = new LinkedHashSet<>();
    private final Set<Lessee> askedBack = new HashSet<>();
    private @Nullable Runnable stopTicker;
    private Route route;
    private long routeSince;
    private int dialing;

    /** How many may log in at once; one while it is not proven that anybody answers. */
    private int allowance = 1;

    /** A login has failed since the last success, in the way of sleeping databases. */
    private boolean isAsleep;

    private long asleepSince;

    public ServerPool(
            Route route,
            Waker waker,
            ServerDialer dialer,
            PoolTimes times,
            Duration wakeTimeout,
            ProxyMetrics metrics) {
        this.route = route;
        this.waker = waker;
        this.dialer = dialer;
        this.times = times;
        this.wakeTimeout = wakeTimeout;
        this.metrics = metrics;
        this.routeSince = times.clock().getAsLong();
    }

    /** Queues the lessee; it is answered later, by exactly one of its methods, unless it withdraws. */
    public void request(Lessee lessee) {
        queue.add(new Waiting(lessee, times.clock().getAsLong()));
        if (stopTicker == null) {
            stopTicker = times.ticker().start(this::tick);
        }
        times.loop().execute(this::serve);
    }

    public void withdraw(Lessee lessee) {
        queue.removeIf(waiting -> waiting.lessee.equals(lessee));
        stopTickerIfIdle();
    }

    /** The lessee no longer has its server connection. */
    public void returned(Lessee lessee) {
        askedBack.remove(lessee);
        if (lessees.remove(lessee)) {
            metrics.serverConnections(-1);
            times.loop().execute(this::serve);
        }
    }

    /** The database has changed, or is said to have. */
    public void update(Route now) {
        if (now.readiness() != route.readiness()) {
            routeSince = times.clock().getAsLong();
            if (now.readiness() != Readiness.AWAKE) {
                allowance = 1;
            }
        }
        route = now;
        times.loop().execute(this::serve);
    }

    /** A server connection has ended by itself while nothing was going on: perhaps they all will. */
    public void lostOne() {
        allowance = 1;
    }

    public int leased() {
        return lessees.size();
    }

    private void tick() {
        long now = times.clock().getAsLong();
        for (var waiting : List.copyOf(queue)) {
            waiting.tellIfDue(now);
            timeOut(waiting, now);
        }
        askedBack.clear();
        serve();
        stopTickerIfIdle();
    }

    private void timeOut(Waiting waiting, long now) {
        var limit = waiting.waitsForWake()
                ? wakeTimeout
                : route.pooling().patience().queue();
        if (waiting.waited(now) >= limit.toNanos() && queue.remove(waiting)) {
            waiting.lessee.refused(
                    waiting.waitsForWake()
                            ? new ProxyFailure.WakeTimedOut(limit)
                            : new ProxyFailure.QueueTimedOut(limit));
        }
    }

    private void stopTickerIfIdle() {
        if (queue.isEmpty() && stopTicker != null) {
            stopTicker.run();
            stopTicker = null;
        }
    }

    private void serve() {
        if (queue.isEmpty()) {
            return;
        }
        if (route.suspendedByOwner() && route.readiness() != Readiness.AWAKE) {
            refuseAll(new ProxyFailure.PutToSleep());
            return;
        }
        if (isThoughtAsleep()) {
            askForWake();
        }
        var address = route.address();
        if (address != null && !isBeingSuspended()) {
            dialWhatIsAllowed(address);
        }
        if (isFull()) {
            askForSomeBack();
        }
    }

    private boolean isThoughtAsleep() {
        return isAsleep
                || switch (route.readiness()) {
                    case ASLEEP, SUSPENDING, WAKING -> allowance == 1;
                    case AWAKE, UNKNOWN -> false;
                };
    }

    private boolean isBeingSuspended() {
        return route.readiness() == Readiness.SUSPENDING && times.clock().getAsLong() - routeSince < SUSPEND_IS_NEWS;
    }

    private void askForWake() {
        long now = times.clock().getAsLong();
        queue.forEach(waiting -> waiting.databaseSleeps(now));
        if (asleepSince == 0) {
            asleepSince = now;
        }
        waker.need(queue.element().lessee.visitor());
    }

    private void dialWhatIsAllowed(Address address) {
        for (Iterator<Waiting> waiting = List.copyOf(queue).iterator();
                waiting.hasNext() && dialing < allowance && !isFull(); ) {
            var next = waiting.next();
            if (!next.isDialing) {
                dial(address, next);
            }
        }
    }

    private boolean isFull() {
        return lessees.size() + dialing >= route.pooling().size().servers();
    }

    private void dial(Address address, Waiting waiting) {
        waiting.isDialing = true;
        dialing++;
        dialer.dial(address, waiting.lessee.login(), outcome -> {
            waiting.isDialing = false;
            dialing--;
            dialed(waiting, outcome);
        });
    }

    private void dialed(Waiting waiting, DialOutcome outcome) {
        switch (outcome) {
            case DialOutcome.Connected(ServerConnection connection) -> connected(waiting, connection);
            case DialOutcome.Asleep(String why) -> asleep(why);
            case DialOutcome.Full _ -> {
                // Tried again at the next tick, until the queue's own time is over.
            }
            case DialOutcome.Refused(ProxyFailure failure) -> {
                awake();
                if (queue.remove(waiting)) {
                    waiting.lessee.refused(failure);
                }
                serve();
            }
        }
        stopTickerIfIdle();
    }

    private void connected(Waiting waiting, ServerConnection connection) {
        awake();
        if (queue.remove(waiting)) {
            lessees.add(waiting.lessee);
            metrics.serverConnections(1);
            waiting.lessee.leased(connection);
        } else {
            connection.close();
        }
        serve();
    }

    private void awake() {
        long now = times.clock().getAsLong();
        if (asleepSince != 0) {
            metrics.woken(Duration.ofNanos(now - asleepSince));
            LOG.atInfo()
                    .addKeyValue("database", route.database())
                    .addKeyValue(
                            "milliseconds", Duration.ofNanos(now - asleepSince).toMillis())
                    .log("database woke up");
        }
        queue.forEach(waiting -> waiting.databaseAwake(now));
        asleepSince = 0;
        isAsleep = false;
        waker.satisfied();
        allowance = Math.min(allowance * 2, Math.max(2, route.pooling().size().servers()));
    }

    private void asleep(String why) {
        allowance = 1;
        if (!isAsleep) {
            isAsleep = true;
            LOG.atDebug()
                    .addKeyValue("database", route.database())
                    .addKeyValue("cause", why)
                    .log("nobody answers; the database sleeps");
        }
        if (!queue.isEmpty()) {
            askForWake();
        }
    }

    private void refuseAll(ProxyFailure failure) {
        for (var waiting : List.copyOf(queue)) {
            if (queue.remove(waiting)) {
                waiting.lessee.refused(failure);
            }
        }
        stopTickerIfIdle();
    }

    /** As many as are waited for, of those that have had their turn longest; each once a tick, for some cannot. */
    private void askForSomeBack() {
        for (var lessee : List.copyOf(lessees)) {
            if (askedBack.size() >= queue.size() - dialing) {
                return;
            }
            if (askedBack.add(lessee)) {
                lessees.remove(lessee);
                lessees.addLast(lessee);
                lessee.giveBack();
            }
        }
    }
}
