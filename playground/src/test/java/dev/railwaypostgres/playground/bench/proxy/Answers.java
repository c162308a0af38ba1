package dev.railwaypostgres.playground.bench.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for somebody to answer a first statement. */
final class Answers {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Answers() {}

    static void await(Pooler pooler) {
        pooler.process().awaitReady(() -> isAnswering(pooler.port()), LIMIT);
    }

    /** Tries all the time; who waits here measures. */
    static void await(int port, String database) {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (!isAnswering(port, database)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Nobody answers at port " + port);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isAnswering(int port) {
        return isAnswering(port, Database.SHARED.name());
    }

    private static boolean isAnswering(int port, String database) {
        try (var client = WireClient.connect(port, database)) {
            client.run("SELECT 1");
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
