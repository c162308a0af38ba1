package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.process.ChildProcess;

/**
 * One of those that are compared, as a running process before the Postgres that all share.
 *
 * @param remembersStatements shares server connections by transactions also among clients that prepare statements
 */
record Pooler(String name, int port, ChildProcess process, boolean remembersStatements) implements AutoCloseable {
    ProcessFigures figures() {
        return new ProcessFigures(process.pid());
    }

    /** Where a client that prepares statements is served as well as this pooler can. */
    Database forPreparedStatements(Database wanted) {
        return remembersStatements ? wanted : Database.OWNED;
    }

    @Override
    public void close() {
        process.close();
    }
}
