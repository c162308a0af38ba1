package dev.railwaypostgres.operator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedRunsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SharedRuns<String> runs = new SharedRuns<>();
    private final AtomicInteger count = new AtomicInteger();

    @Test
    void letsThoseWhoComeDuringARunShareTheNext() throws Exception {
        var began = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var first = Thread.ofVirtual()
                .start(() -> runs.join("orders", () -> {
                    began.countDown();
                    return await(mayEnd) && count();
                }));
        assertThat(await(began)).isTrue();
        List<Thread> others = IntStream.range(0, 50)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> runs.join("orders", this::count)))
                .toList();
        others.forEach(SharedRunsTest::awaitWaiting);

        mayEnd.countDown();

        assertThat(first.join(PATIENCE)).isTrue();
        for (var other : others) {
            assertThat(other.join(PATIENCE)).isTrue();
        }
        assertThat(count).hasValue(2);
    }

    @Test
    void runsAgainForWhoComesLater() {
        runs.join("orders", this::count);
        runs.join("orders", this::count);

        assertThat(count).hasValue(2);
    }

    @Test
    void tellsWhatARunThrew() {
        assertThatIllegalStateException()
                .isThrownBy(() -> runs.join("orders", () -> {
                    throw new IllegalStateException("broken");
                }))
                .withMessage("broken");
    }

    private boolean count() {
        return count.incrementAndGet() > 0;
    }

    private static void awaitWaiting(Thread thread) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (thread.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(thread.getState()).isEqualTo(Thread.State.WAITING);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
