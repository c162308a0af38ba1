package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.Priority;
import dev.railwaypostgres.railway.RailwayException.RateLimited;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RateBudgetTest {
    private static final RateHeaders NO_HEADERS = RateHeaders.from(Headers.of(), Instant.EPOCH);

    private final AtomicLong now = new AtomicLong();
    private final RateBudget budget = new RateBudget(Plan.HOBBY, now::get);

    @Test
    void letsTheMoreImportantGoFirst() throws InterruptedException {
        for (int calls = 0; calls < Plan.HOBBY.callsPerSecond(); calls++) {
            budget.acquire(CallTerms.WAKE, Duration.ZERO);
        }
        List<Priority> order = new CopyOnWriteArrayList<>();
        Thread resync = waiting(Priority.RESYNC, order);
        Thread change = waiting(Priority.CHANGE, order);
        Thread wake = waiting(Priority.WAKE, order);

        assertThat(order).isEmpty();
        passTimeOfOneCall();
        wake.join();
        passTimeOfOneCall();
        change.join();
        passTimeOfOneCall();
        resync.join();

        assertThat(order).containsExactly(Priority.WAKE, Priority.CHANGE, Priority.RESYNC);
    }

    @Test
    void doesNotWaitForWhatComesTooLateAnyhow() {
        budget.close(Duration.ofMinutes(5));

        assertThatExceptionOfType(RateLimited.class)
                .isThrownBy(() -> budget.acquire(CallTerms.WAKE, Duration.ZERO))
                .satisfies(limited ->
                        assertThat(limited.retryAfter()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
    }

    @Test
    void letsOthersPassWhoeverPausesBeforeAnotherTry() throws InterruptedException {
        List<Priority> order = new CopyOnWriteArrayList<>();
        Thread retrying = start(budget, Priority.WAKE, Duration.ofMillis(500), order);
        awaitBlocked(retrying);

        budget.acquire(CallTerms.RESYNC, Duration.ZERO);

        assertThat(order).isEmpty();
        pass(Duration.ofMillis(500));
        retrying.join();
        assertThat(order).containsExactly(Priority.WAKE);
    }

    @Test
    void servesEverybodyInTheEnd() throws InterruptedException {
        RateBudget budget = new RateBudget(Plan.HOBBY, System::nanoTime);
        List<Priority> order = new CopyOnWriteArrayList<>();
        List<Thread> callers = Stream.of(Priority.values())
                .flatMap(priority -> Collections.nCopies(5, priority).stream())
                .map(priority -> start(budget, priority, Duration.ZERO, order))
                .toList();

        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(order).hasSize(15);
    }

    private Thread waiting(Priority priority, List<Priority> order) {
        Thread caller = start(budget, priority, Duration.ZERO, order);
        awaitBlocked(caller);
        return caller;
    }

    private static Thread start(RateBudget budget, Priority priority, Duration pause, List<Priority> order) {
        return Thread.ofVirtual().start(() -> {
            try {
                budget.acquire(new CallTerms(priority, Duration.ofSeconds(5)), pause);
                order.add(priority);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void passTimeOfOneCall() {
        pass(Duration.ofMillis(101));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        budget.learn(NO_HEADERS);
    }

    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
