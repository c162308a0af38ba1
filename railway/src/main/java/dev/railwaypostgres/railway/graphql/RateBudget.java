package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.Priority;
import dev.railwaypostgres.railway.RailwayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One token's calls, in turn: the more important first, those of one priority in the order they came. The only place in
 * which a call waits before it is made, be it for its turn or for another try.
 */
final class RateBudget {
    private static final Comparator<Waiter> ORDER =
            Comparator.comparing(Waiter::priority).thenComparingLong(Waiter::ticket);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Waiter> waiting = new ArrayList<>();
    private final LongSupplier nanoTime;
    private final CallAllowance allowance;
    private long tickets;

    RateBudget(Plan plan, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.allowance = new CallAllowance(plan, nanoTime.getAsLong());
    }

    private record Waiter(Priority priority, long ticket, long notBefore) {}

    /**
     * Waits for a turn.
     *
     * @param pause to be let pass first, before another try
     * @throws RailwayException.RateLimited when the turn would come later than the terms' patience lasts
     */
    void acquire(CallTerms terms, Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long now = nanoTime.getAsLong();
            Waiter waiter = new Waiter(terms.priority(), tickets++, now + pause.toNanos());
            waiting.add(waiter);
            try {
                awaitTurn(waiter, now + pause.toNanos() + terms.patience().toNanos());
            } finally {
                waiting.remove(waiter);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what an answer says. */
    void learn(RateHeaders headers) {
        locked(() -> allowance.learn(headers, nanoTime.getAsLong()));
    }

    /** Makes everybody wait, after Railway refused a call. */
    void close(Duration time) {
        locked(() -> allowance.close(time, nanoTime.getAsLong()));
    }

    private void awaitTurn(Waiter waiter, long deadline) throws InterruptedException {
        for (long now = nanoTime.getAsLong(); ; now = nanoTime.getAsLong()) {
            long wait = Math.max(
                    waiter.notBefore - now,
                    allowance.waitFor(waiter.priority, now).toNanos());
            if (wait <= 0 && isFirst(waiter, now)) {
                allowance.take(now);
                return;
            }
            if (deadline - now <= 0 || wait > deadline - now) {
                throw new RailwayException.RateLimited(
                        "The budget of calls to Railway is used up", Duration.ofNanos(Math.max(wait, 0)));
            }
            // Not first: whoever is signals when gone; the deadline ends the wait in any case.
            long most = wait > 0 ? wait : deadline - now;
            changed.await(most, TimeUnit.NANOSECONDS);
        }
    }

    private boolean isFirst(Waiter waiter, long now) {
        return waiting.stream()
                .filter(other -> other.notBefore - now <= 0)
                .min(ORDER)
                .map(waiter::equals)
                .orElse(true);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
