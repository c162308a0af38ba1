package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.proxy.activity.Books;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.proxy.wake.Waker;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of whether a database answers, and how many may knock at once.
 *
 * <p>What the API says of the database is only a hint, for it may be late: the truth is a real login. As long as none has
 * succeeded one at a time tries; each success doubles how many may try at once, so a crowd that waited for a wake does not
 * fall upon a server that has just started.
 */
final class Reachability {
    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);

    /** News of a suspend that is older than this is stale: a login tells more. */
    private static final long SUSPEND_IS_NEWS = Duration.ofSeconds(5).toNanos();

    private final Waker waker;
    private final LongSupplier clock;
    private final Books books;

    private Route route;
    private long routeSince;

    /** One while it is not proven that anybody answers. */
    private int allowance = 1;

    /** A login has failed since the last success, in the way of sleeping databases. */
    private boolean isAsleep;

    private boolean isWaking;
    private long wakingSince;

    Reachability(Route route, Waker waker, LongSupplier clock, Books books) {
        this.route = route;
        this.waker = waker;
        this.clock = clock;
        this.books = books;
        this.routeSince = clock.getAsLong();
    }

    /** The database has changed, or is said to have. */
    void update(Route now) {
        if (now.readiness() != route.readiness()) {
            routeSince = clock.getAsLong();
            if (now.readiness() != Readiness.AWAKE) {
                doubt();
            }
        }
        route = now;
    }

    /** A server connection has ended by itself while nothing was going on: perhaps they all will. */
    void doubt() {
        allowance = 1;
    }

    /** How many may log in at once. */
    int allowance() {
        return allowance;
    }

    boolean isThoughtAsleep() {
        return isAsleep
                || switch (route.readiness()) {
                    case ASLEEP, SUSPENDING, WAKING -> allowance == 1;
                    case AWAKE, UNKNOWN -> false;
                };
    }

    /** Somebody has asked for a wake and waits for it, or others do. */
    boolean isWaking() {
        return isWaking || route.readiness() == Readiness.WAKING;
    }

    /** About to stop: whoever came in now would only hold that up. */
    boolean isBeingSuspended() {
        return route.readiness() == Readiness.SUSPENDING && clock.getAsLong() - routeSince < SUSPEND_IS_NEWS;
    }

    /** Somebody waits for it to wake up. */
    void wake(Visitor visitor) {
        if (!isWaking) {
            isWaking = true;
            wakingSince = clock.getAsLong();
            books.ledger().waking(visitor);
        }
        waker.need(visitor);
    }

    /** A login was refused in the way of a database that sleeps. */
    void asleep(String why) {
        doubt();
        if (!isAsleep) {
            isAsleep = true;
            LOG.atDebug()
                    .addKeyValue("database", route.database())
                    .addKeyValue("cause", why)
                    .log("nobody answers; the database sleeps");
        }
    }

    /**
     * A server has answered.
     *
     * @return whether that ends a wait for a wake
     */
    boolean awake() {
        boolean wasWaking = isWaking;
        if (isWaking) {
            isWaking = false;
            var took = Duration.ofNanos(clock.getAsLong() - wakingSince);
            books.metrics().wakes().record(took.toNanos());
            books.ledger().woke(took);
            LOG.atInfo()
                    .addKeyValue("database", route.database())
                    .addKeyValue("milliseconds", took.toMillis())
                    .log("database woke up");
        }
        isAsleep = false;
        waker.satisfied();
        allowance = Math.min(allowance * 2, Math.max(2, route.pooling().size().servers()));
        return wasWaking;
    }
}
