package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.sleep.Wishes;
import dev.railwaypostgres.sleep.Wishes.Wish;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What others want of a keeper: wishes, and that it look again. For many threads to write, and one to read. */
final class Inbox {
    private final AtomicReference<Wishes> wishes = new AtomicReference<>(Wishes.NONE);
    private final Semaphore bell = new Semaphore(0);

    void wake(Wish wish) {
        wishes.updateAndGet(now -> new Wishes(Optional.of(wish), now.hold()));
        ring();
    }

    void hold(Wish wish) {
        wishes.updateAndGet(now -> new Wishes(now.wake(), Optional.of(wish)));
        ring();
    }

    /** There are news. */
    void ring() {
        bell.release();
    }

    Wishes wishes() {
        return wishes.get();
    }

    /** Returns when it rings, at the latest after the given time. */
    void await(Duration atMost) throws InterruptedException {
        if (bell.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }
}
