package dev.railwaypostgres.playground.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, with what it is told on its standard input. */
public record Command(List<String> line, Map<String, String> environment, String input, Duration limit) {
    private static final Executor READERS = Executors.newVirtualThreadPerTaskExecutor();
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(2);

    /** How a program ended and what it said. */
    public record Result(int exitCode, String output, String errors) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    public Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
    }

    public static Command of(String... line) {
        return new Command(List.of(line), Map.of(), "", DEFAULT_LIMIT);
    }

    public static Command of(List<String> line) {
        return new Command(line, Map.of(), "", DEFAULT_LIMIT);
    }

    public Command withEnvironment(Map<String, String> variables) {
        return new Command(line, variables, input, limit);
    }

    public Command withInput(String text) {
        return new Command(line, environment, text, limit);
    }

    /** The program is killed when it takes longer. */
    public Command withLimit(Duration longest) {
        return new Command(line, environment, input, longest);
    }

    /** Runs the program, however it ends. */
    public Result run() {
        try {
            var builder = new ProcessBuilder(line);
            builder.environment().putAll(environment);
            return await(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + line.getFirst(), e);
        }
    }

    /** Runs the program and returns what it printed; failing is an error that carries what it complained about. */
    public String output() {
        var result = run();
        if (!result.succeeded()) {
            throw new IllegalStateException("%s ended with %d: %s%s"
                    .formatted(shown(), result.exitCode(), result.errors(), result.output())
                    .strip());
        }
        return result.output();
    }

    private Result await(Process process) throws IOException {
        var output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()), READERS);
        var errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), READERS);
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The program ended without reading its input; its exit code says whether that was right.
        }
        return new Result(exitCode(process), output.join(), errors.join());
    }

    private int exitCode(Process process) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("%s took longer than %s".formatted(shown(), limit));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + shown(), e);
        }
    }

    /** Arguments may hold secrets. */
    private String shown() {
        return Path.of(line.getFirst()).getFileName() + (line.size() > 1 ? " " + line.get(1) : "");
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
