package dev.railwaypostgres.playground.robustness;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a small statement on a session all the time. */
final class BusyClient implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Connection connection;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private BusyClient(Connection connection) {
        this.connection = connection;
    }

    static BusyClient on(Connection connection) {
        var client = new BusyClient(connection);
        var _ = client.timer.scheduleWithFixedDelay(client::work, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return client;
    }

    int answers() {
        return answers.get();
    }

    Queue<String> failures() {
        return failures;
    }

    /** One statement; its failure is its answer. */
    static String ask(Connection connection) {
        try {
            return Sql.ask(connection, "SELECT 'answered'");
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    private void work() {
        var answer = ask(connection);
        if (answer.equals("answered")) {
            answers.incrementAndGet();
        } else {
            failures.add(answer);
        }
    }

    /** Ends with the answer that is awaited. */
    @Override
    public void close() {
        timer.close();
    }
}
