package dev.railwaypostgres.operator.api;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets many callers who want the same share one run of it.
 *
 * <p>Nobody shares a run that had begun before he came: it may have looked at the world too early for him. Those who come
 * while one is running share the next.
 *
 * @param <K> what tells whether two want the same
 */
final class SharedRuns<K> {
    /** Two keys that share a lock wait for each other, which is harmless and rare. */
    private static final int STRIPES = 64;

    private final Map<K, CompletableFuture<Boolean>> coming = new ConcurrentHashMap<>();
    private final List<Lock> running =
            Stream.<Lock>generate(ReentrantLock::new).limit(STRIPES).toList();

    /**
     * Blocks until a run that began after the call has ended.
     *
     * @throws RuntimeException whatever the run threw
     */
    boolean join(K key, Run run) {
        var mine = new CompletableFuture<Boolean>();
        var next = coming.putIfAbsent(key, mine);
        if (next == null) {
            lead(key, run, mine);
            next = mine;
        }
        return outcome(next);
    }

    private void lead(K key, Run run, CompletableFuture<Boolean> outcome) {
        var lock = running.get(Math.floorMod(key.hashCode(), STRIPES));
        lock.lock();
        try {
            coming.remove(key, outcome);
            outcome.complete(run.run());
        } catch (RuntimeException e) {
            outcome.completeExceptionally(e);
        } finally {
            outcome.completeExceptionally(new IllegalStateException("The shared run broke off"));
            lock.unlock();
        }
    }

    private static boolean outcome(CompletableFuture<Boolean> run) {
        try {
            return run.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What is to be done, and whether there was something to do it to. */
    @FunctionalInterface
    interface Run {
        boolean run();
    }
}
