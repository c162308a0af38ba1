package dev.railwaypostgres.playground.process;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that runs until it is stopped, or until this process ends in any way. What it says goes to a file. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int TAIL_LINES = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts the program; its output is appended to {@code <name>.log} in the folder. */
    public static ChildProcess start(String name, ProcessBuilder builder, ProcessNursery nursery, Path logs) {
        var log = logTo(name, builder, logs);
        return new ChildProcess(name, nursery.start(builder), log);
    }

    /** The same for a program that refuses to run as root; the folder and all below it become its own. */
    public static ChildProcess startUnprivileged(
            String name, ProcessBuilder builder, ProcessNursery nursery, Path folder) {
        var log = logTo(name, builder, folder);
        return new ChildProcess(name, nursery.startUnprivileged(builder, folder), log);
    }

    private static Path logTo(String name, ProcessBuilder builder, Path logs) {
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder of logs " + logs, e);
        }
        var log = logs.resolve(name + ".log");
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return log;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with its exit code when it has ended, in whatever way. */
    CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Waits until {@code ready} holds; if the program ends before or the time is over, the error tells its last lines. */
    public void awaitReady(BooleanSupplier ready, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (hasEndedWithin(PAUSE)) {
                throw new IllegalStateException("%s ended with %d%n%s".formatted(name, process.exitValue(), tail()));
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%s is not ready after %s%n%s".formatted(name, limit, tail()));
            }
        }
    }

    /** The last lines that it wrote, and where the rest is. */
    public String tail() {
        try {
            var lines = Files.readString(log).lines().toList();
            var last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return "  " + String.join(System.lineSeparator() + "  ", last) + System.lineSeparator() + "  (" + log + ")";
        } catch (IOException e) {
            return "  (" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** As a crash would: no chance to say goodbye. */
    public void kill() {
        process.destroyForcibly();
        if (!hasEndedWithin(STOP_GRACE)) {
            throw new IllegalStateException(name + " does not die");
        }
    }

    /** Asks it to end and insists when it does not. */
    @Override
    public void close() {
        process.destroy();
        if (!hasEndedWithin(STOP_GRACE)) {
            kill();
        }
    }

    private boolean hasEndedWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }
}
