package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.process.ChildProcess;
import dev.railwaypostgres.playground.process.KeptProcess;
import dev.railwaypostgres.playground.process.KeptProcess.Pauses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A workload as a process of this machine. Like a pod it is started anew when it ends by itself; and it can be killed and started again
 * by hand.
 */
public final class WorkloadProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final Workload workload;
    private final URI probe;
    private final KeptProcess kept;

    /** @param program is asked before each start, so that the tokens that it finds are fresh */
    WorkloadProcess(
            Workload workload, Supplier<JavaProgram> program, ProcessNursery nursery, Path logs, Progress progress) {
        this.workload = workload;
        this.probe = URI.create("http://127.0.0.1:%s/readyz".formatted(setting("MANAGEMENT_PORT")));
        this.kept = new KeptProcess(
                () -> ChildProcess.start(workload.component(), program.get().process(), nursery, logs),
                Pauses.USUAL,
                progress::say);
        awaitReady(kept.process());
        kept.keep();
    }

    public ChildProcess process() {
        return kept.process();
    }

    /** How often it was started anew because it had ended by itself. */
    public int restarts() {
        return kept.restarts();
    }

    /** A variable of its environment. */
    public String setting(String variable) {
        return Objects.requireNonNull(workload.environment().get(variable), variable);
    }

    /** As a crash would end it; it stays so until {@link #restart()}. */
    public void kill() {
        kept.kill();
    }

    /** Starts it anew after it was killed, and waits until it is ready. */
    public void restart() {
        awaitReady(kept.startAnew());
        kept.keep();
    }

    @Override
    public void close() {
        kept.close();
    }

    private void awaitReady(ChildProcess process) {
        try (var http = HttpClient.newHttpClient()) {
            process.awaitReady(() -> isReady(http), START_LIMIT);
        }
    }

    private boolean isReady(HttpClient http) {
        try {
            var request = HttpRequest.newBuilder(probe).timeout(PROBE_LIMIT).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + workload.name(), e);
        }
    }
}
