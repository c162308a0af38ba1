package dev.railwaypostgres.proxy.auth;

import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.operator.OperatorException;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifiers and settings of one database, as the operator last told them. Asks again when they are said to have changed, and
 * when a proof was wrong, but at most every few seconds: guessing passwords must not become load for the operator. A login
 * never waits for that before its proof, or it would show which roles there are. What is known once is good for as long as
 * the operator is away. Confined to its event loop.
 */
public final class RoleDirectory {
    private static final long NOT_SOONER_THAN = Duration.ofSeconds(3).toNanos();

    /** Longer than an operator takes to be started anew, shorter than a client's login may take. */
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DatabaseRef database;
    private final OperatorApi operator;
    private final Executor loop;
    private final LongSupplier clock;

    private @Nullable RoleSnapshot known;
    private boolean isOutdated = true;
    private boolean isAsking;
    private boolean wasAsked;
    private long askedAt;
    private final List<BiConsumer<@Nullable RoleSnapshot, @Nullable Throwable>> waiting = new ArrayList<>();

    /** @param clock in nanoseconds, as {@link System#nanoTime} */
    public RoleDirectory(DatabaseRef database, OperatorApi operator, Executor loop, LongSupplier clock) {
        this.database = database;
        this.operator = operator;
        this.loop = loop;
        this.clock = clock;
    }

    /**
     * Looks up all roles.
     *
     * @param found gets what is known; or, if nothing is, why. Called now or later
     */
    public void find(BiConsumer<@Nullable RoleSnapshot, @Nullable Throwable> found) {
        if (known == null) {
            waiting.add(found);
            ask();
            return;
        }
        if (isOutdated && mayAsk()) {
            ask();
        }
        found.accept(known, null);
    }

    /**
     * A proof did not fit what was found: asks the operator whether that is still true, unless he was asked a moment ago.
     *
     * @param found gets what is known then
     */
    public void lookAgain(Consumer<RoleSnapshot> found) {
        var before = known;
        if (before == null) {
            throw new IllegalStateException("nothing has been found yet that a proof could not fit");
        }
        if (mayAsk()) {
            waiting.add((now, _) -> found.accept(Objects.requireNonNullElse(now, before)));
            ask();
        } else {
            found.accept(before);
        }
    }

    /** The database or its roles have changed: what is known may be old. */
    public void refresh() {
        isOutdated = true;
        if (known != null) {
            ask();
        }
    }

    private boolean mayAsk() {
        return isAsking || !wasAsked || clock.getAsLong() - askedAt >= NOT_SOONER_THAN;
    }

    private void ask() {
        if (!isAsking) {
            isAsking = true;
            wasAsked = true;
            isOutdated = false;
            askedAt = clock.getAsLong();
            askNow();
        }
    }

    private void askNow() {
        var _ = operator.roles(database).whenCompleteAsync(this::answered, loop);
    }

    private void answered(@Nullable RoleSnapshot snapshot, @Nullable Throwable problem) {
        if (isWorthWaiting(problem)) {
            CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, loop)
                    .execute(this::askNow);
            return;
        }
        isAsking = false;
        boolean hasChangedMeanwhile = isOutdated;
        if (snapshot == null) {
            isOutdated = true;
        } else {
            known = snapshot;
        }
        tell(problem);
        if (snapshot != null && hasChangedMeanwhile) {
            ask();
        }
    }

    private void tell(@Nullable Throwable problem) {
        var who = List.copyOf(waiting);
        waiting.clear();
        who.forEach(found -> found.accept(known, known == null ? problem : null));
    }

    private boolean isWorthWaiting(@Nullable Throwable problem) {
        var cause = problem instanceof CompletionException ? problem.getCause() : problem;
        return cause instanceof OperatorException.Unavailable
                && known == null
                && clock.getAsLong() - askedAt < PATIENCE;
    }
}
