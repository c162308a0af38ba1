package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.message.StatementClass;
import dev.railwaypostgres.proxy.manage.DatabaseMetrics;

/**
 * When a session works, and at what: for what is counted, and for whoever asks what keeps a database awake. All times are as
 * {@link System#nanoTime}.
 */
final class Timesheet {
    private final DatabaseMetrics metrics;

    /** When the query at hand began or, if none is, the last one was answered; and when the work began that it is part of. */
    private long askedAt;

    private long begunAt;
    private long transactions;
    private StatementClass kind = StatementClass.OTHER;

    /** What is at work is the proxy's own question. */
    private boolean isChecking;

    Timesheet(DatabaseMetrics metrics) {
        this.metrics = metrics;
    }

    /** The client begins to ask something. */
    void asks(long now) {
        askedAt = now;
    }

    /** There is a server connection for what the client has asked. */
    void begins(long now) {
        begunAt = now;
        askedAt = now;
    }

    void runs(StatementClass statement) {
        kind = statement;
    }

    /** The server has answered a query. In a pipeline the next one begins there. */
    void answered() {
        long now = System.nanoTime();
        metrics.queries().record(now - askedAt);
        askedAt = now;
    }

    /** The proxy asks something of its own, which is nobody's work. */
    void checks() {
        isChecking = true;
    }

    /** Nothing is asked any more, and no transaction is open. */
    void ends(long now) {
        if (isChecking) {
            isChecking = false;
            return;
        }
        transactions++;
        metrics.transactions().record(now - begunAt);
    }

    /** What it did last, or does, or waits to do. */
    StatementClass kind() {
        return kind;
    }

    long transactions() {
        return transactions;
    }

    /** Nanoseconds since the last query began, or was answered. */
    long quietFor(long now) {
        return now - askedAt;
    }
}
