package dev.railwaypostgres.proxy.wake;

import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for one database to be woken: one request for all clients that wait, repeated every ten seconds as long as somebody
 * does, since a request may be lost with the operator that took it. Confined to its event loop.
 */
public final class Waker {
    private static final Logger LOG = LoggerFactory.getLogger(Waker.class);
    private static final long REPEAT = Duration.ofSeconds(10).toNanos();
    private static final long REPEAT_AFTER_FAILURE = Duration.ofSeconds(1).toNanos();

    private final DatabaseRef database;
    private final OperatorApi operator;
    private final Executor loop;
    private final LongSupplier clock;

    private boolean isAsking;
    private boolean wasAsked;
    private long nextAt;

    /** @param clock in nanoseconds, as {@link System#nanoTime} */
    public Waker(DatabaseRef database, OperatorApi operator, Executor loop, LongSupplier clock) {
        this.database = database;
        this.operator = operator;
        this.loop = loop;
        this.clock = clock;
    }

    /** Somebody waits. Call it as often as you like. */
    public void need(Visitor visitor) {
        long now = clock.getAsLong();
        if (isAsking || (wasAsked && now - nextAt < 0)) {
            return;
        }
        isAsking = true;
        wasAsked = true;
        var _ = operator.wake(database, visitor).whenCompleteAsync((_, problem) -> asked(visitor, problem), loop);
    }

    /** The database is awake; the next need is a new one. */
    public void satisfied() {
        wasAsked = false;
    }

    private void asked(Visitor visitor, @Nullable Throwable problem) {
        isAsking = false;
        nextAt = clock.getAsLong() + (problem == null ? REPEAT : REPEAT_AFTER_FAILURE);
        if (problem == null) {
            visitor.on(LOG.atInfo().addKeyValue("database", database)).log("asked the operator for a wake");
        } else {
            LOG.atWarn()
                    .addKeyValue("database", database)
                    .addKeyValue("cause", problem.toString())
                    .log("the operator took no wake request; asking again");
        }
    }
}
