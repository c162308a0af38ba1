package dev.railwaypostgres.playground.run;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What was started, to be stopped in the opposite order. Parts may be added from several threads. */
final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    /** Stops everything because of a failure, to which further ones are added. */
    void closeAfter(Throwable failure) {
        for (var part = next(); part != null; part = next()) {
            try {
                part.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        var failure = new IllegalStateException("Not everything could be stopped");
        closeAfter(failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        return started.poll();
    }
}
