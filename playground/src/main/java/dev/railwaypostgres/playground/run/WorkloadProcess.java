package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** A workload as a process of this machine. It can be killed and started again, as it happens to pods. */
public final class WorkloadProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final String name;
    private final JavaProgram program;
    private final URI probe;
    private final ProcessNursery nursery;
    private final Path logs;
    private ChildProcess process;

    WorkloadProcess(String name, JavaProgram program, ProcessNursery nursery, Path logs) {
        this.name = name;
        this.program = program;
        this.probe = URI.create("http://127.0.0.1:%s/readyz".formatted(setting("MANAGEMENT_PORT")));
        this.nursery = nursery;
        this.logs = logs;
        this.process = ChildProcess.start(name, program.process(), nursery, logs);
        awaitReady();
    }

    public ChildProcess process() {
        return process;
    }

    /** A variable of its environment. */
    public String setting(String variable) {
        return Objects.requireNonNull(program.environment().get(variable), variable);
    }

    /** As a crash would end it. */
    public void kill() {
        process.kill();
    }

    /** Starts it anew after it ended in any way, and waits until it is ready. */
    public void restart() {
        process.close();
        process = ChildProcess.start(name, program.process(), nursery, logs);
        awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitReady() {
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
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }
}
