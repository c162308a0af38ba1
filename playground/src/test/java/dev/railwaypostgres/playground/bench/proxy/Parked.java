package dev.railwaypostgres.playground.bench.proxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Clients that have logged in, have had one statement answered, and want nothing any more. */
final class Parked implements AutoCloseable {
    private static final int AT_A_TIME = 8;

    private final Pooler pooler;
    private final boolean isEncrypted;
    private final ConcurrentLinkedQueue<WireClient> clients = new ConcurrentLinkedQueue<>();

    Parked(Pooler pooler, boolean isEncrypted) {
        this.pooler = pooler;
        this.isEncrypted = isEncrypted;
    }

    /** Returns when there are that many. */
    void growTo(int count) throws InterruptedException, ExecutionException {
        Callable<Void> one = this::add;
        var missing = new ArrayList<Callable<Void>>();
        for (int client = clients.size(); client < count; client++) {
            missing.add(one);
        }
        try (var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (var added : threads.invokeAll(missing)) {
                added.get();
            }
        }
    }

    private Void add() throws IOException {
        var client = WireClient.connect(pooler.port(), Database.SHARED.name(), isEncrypted);
        clients.add(client);
        client.run("SELECT 1");
        client.retire();
        return null;
    }

    @Override
    public void close() throws IOException {
        for (var client : List.copyOf(clients)) {
            client.close();
        }
    }
}
