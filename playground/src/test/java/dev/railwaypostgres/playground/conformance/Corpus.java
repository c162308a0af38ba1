package dev.railwaypostgres.playground.conformance;

import dev.railwaypostgres.playground.conformance.scene.Lane;
import dev.railwaypostgres.playground.conformance.scene.Postgres;
import dev.railwaypostgres.playground.conformance.script.Script;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Judges all scripts, as many at once as there are lanes. */
final class Corpus implements AutoCloseable {
    /** They mostly wait. */
    private static final int LANES = Integer.getInteger("conformance.lanes", 6);

    private final List<Lane> lanes = new ArrayList<>();
    private final BlockingQueue<Judge> free = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(LANES);

    Corpus(Postgres postgres) throws IOException, SQLException {
        for (int number = 1; number <= LANES; number++) {
            var lane = new Lane(postgres, number);
            lanes.add(lane);
            free.add(new Judge(lane));
        }
    }

    /** Begins with all of them; what is found comes later. */
    Map<Script, CompletableFuture<Optional<Judge.Finding>>> judge(List<Script> scripts) {
        var findings = new LinkedHashMap<Script, CompletableFuture<Optional<Judge.Finding>>>();
        scripts.forEach(script -> findings.put(script, CompletableFuture.supplyAsync(() -> judge(script), threads)));
        return findings;
    }

    private Optional<Judge.Finding> judge(Script script) {
        try {
            var judge = free.take();
            try {
                return judge.judge(script);
            } finally {
                free.add(judge);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before " + script, e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        lanes.forEach(Lane::end);
    }
}
