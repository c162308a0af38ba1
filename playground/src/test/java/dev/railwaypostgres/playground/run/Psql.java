package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.binaries.PostgresTools;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The real psql, kept open, with somebody typing. */
public final class Psql implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final String PROGRAM =
            PostgresTools.standard(System.out::println).psql().toString();
    private static final String END = "--that-was-all--";

    private final Process process;
    private final BufferedWriter keyboard;
    private final BlockingQueue<String> screen = new LinkedBlockingQueue<>();

    private Psql(Process process) {
        this.process = process;
        this.keyboard = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> read(process.inputReader(StandardCharsets.UTF_8)));
    }

    /** Opens a session; that the login worked shows with the first statement. */
    public static Psql open(String uri) {
        try {
            var builder = new ProcessBuilder(PROGRAM, "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", uri);
            return new Psql(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException("psql cannot be started", e);
        }
    }

    /** Types a statement and waits for everything that psql says to it, notices and errors included. */
    public List<String> type(String statement) {
        write(statement + "\n\\echo " + END + "\n");
        var answer = new ArrayList<String>();
        for (var line = next(statement, answer); !line.equals(END); line = next(statement, answer)) {
            answer.add(line);
        }
        return answer;
    }

    /** Types a statement and returns the last line that psql says to it: the only value of a query. */
    public String ask(String query) {
        var answer = type(query);
        return answer.isEmpty() ? "" : answer.getLast();
    }

    public boolean isOpen() {
        return process.isAlive();
    }

    private String next(String statement, List<String> answer) {
        try {
            var line = screen.poll(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new AssertionError(
                        "No answer to %s within %s, only %s".formatted(statement, ANSWER_LIMIT, answer));
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for an answer", e);
        }
    }

    private void write(String text) {
        try {
            keyboard.write(text);
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("psql has ended: " + screen, e);
        }
    }

    private void read(BufferedReader reader) {
        reader.lines().forEach(screen::add);
        screen.add("psql has ended");
        screen.add(END);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
