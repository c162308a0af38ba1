package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Postgres' own load generator. What counts is a window in the middle of a run, when all clients are in and none has left:
 * transactions by pgbench's log, the pooler's processor time by the kernel, both between the same two moments.
 */
record PgBench(String program, Path folder) {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int MORE_THREADS_FROM = 8;
    private static final double MICROS_PER_SECOND = 1e6;

    /**
     * What clients do.
     *
     * @param protocol pgbench's name for it
     * @param reconnects each transaction has a connection of its own
     */
    record Load(Database database, String protocol, int clients, boolean isEncrypted, boolean reconnects) {
        static Load of(String protocol, int clients) {
            return new Load(Database.SHARED, protocol, clients, false, false);
        }

        Load encrypted() {
            return new Load(database, protocol, clients, true, reconnects);
        }

        Load reconnecting() {
            return new Load(database, protocol, clients, isEncrypted, true);
        }

        Load on(Database other) {
            return new Load(other, protocol, clients, isEncrypted, reconnects);
        }

        /** Where this pooler serves it best. */
        Load as(Pooler pooler) {
            return protocol.equals("prepared") ? on(pooler.forPreparedStatements(database)) : this;
        }

        String text() {
            return "%s, %d client%s%s"
                    .formatted(
                            reconnects ? "a connection each" : protocol,
                            clients,
                            clients == 1 ? "" : "s",
                            isEncrypted ? ", TLS" : "");
        }
    }

    String version() {
        return Command.of(program, "--version").output().strip();
    }

    /** Makes pgbench's tables. */
    void initialize(int port, Database database) {
        command(port, database, List.of("--initialize", "--quiet", "--scale=1")).output();
    }

    /** A little of everything. */
    void train(Pooler proxy) throws IOException {
        for (var protocol : List.of("simple", "extended", "prepared")) {
            warmUp(proxy, Load.of(protocol, 8), 2);
        }
        warmUp(proxy, Load.of("simple", 8).encrypted(), 2);
        warmUp(proxy, Load.of("simple", 8).reconnecting(), 2);
    }

    void warmUp(Pooler pooler, Load load, int seconds) {
        command(pooler.port(), load.as(pooler), seconds).output();
    }

    /** Runs the load and looks at a window of that many seconds. */
    Reading run(Pooler pooler, Load load, int seconds) throws IOException {
        var logs = logs();
        var command = command(pooler.port(), load.as(pooler), seconds + timeToComeIn(load.as(pooler)));
        var line = new ArrayList<>(command.line());
        line.addAll(1, List.of("--log", "--log-prefix=" + logs.resolve("log")));
        var whole = CompletableFuture.runAsync(
                () -> new Command(line, command.environment(), "", command.limit()).output());
        awaitAllIn(logs, threads(load), whole);
        var window = Window.of(pooler.figures(), Duration.ofSeconds(seconds));
        whole.join();
        return window.reading(transactions(logs));
    }

    /** Each client connects, runs the script once and leaves; returns the seconds from the first connect to the last answer. */
    double crowd(Pooler pooler, Database database, int clients, String script) throws IOException {
        var logs = logs();
        var file = Files.writeString(folder.resolve("script.sql"), script);
        command(
                        pooler.port(),
                        database,
                        List.of(
                                "--no-vacuum",
                                "--connect",
                                "--transactions=1",
                                "--client=" + clients,
                                "--jobs=2",
                                "--file=" + file,
                                "--log",
                                "--log-prefix=" + logs.resolve("log")))
                .output();
        var all = transactions(logs);
        if (all.size() != clients) {
            throw new IllegalStateException("%d of %d clients were answered".formatted(all.size(), clients));
        }
        var first = all.stream().mapToDouble(Transaction::beganAt).min().orElseThrow();
        var last = all.stream().mapToDouble(Transaction::endedAt).max().orElseThrow();
        return last - first;
    }

    private Path logs() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(folder), "run");
    }

    /** Seconds until all clients are in, at most. Where servers are not shared, one has to be started for each of them. */
    private static int timeToComeIn(Load load) {
        return switch (load.database().mode()) {
            case TRANSACTION -> 1;
            case SESSION -> 3;
        };
    }

    /** Whatever pgbench wrote it wrote after the last client was in. */
    private static void awaitAllIn(Path logs, int threads, CompletableFuture<Void> whole) throws IOException {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (filled(logs) < threads && !whole.isDone()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("pgbench does not begin");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static long filled(Path logs) throws IOException {
        try (var files = Files.list(logs)) {
            return files.filter(file -> file.toFile().length() > 0).count();
        }
    }

    private static List<Transaction> transactions(Path logs) throws IOException {
        var transactions = new ArrayList<Transaction>();
        try (Stream<Path> files = Files.list(logs)) {
            for (var file : files.toList()) {
                try (var lines = Files.lines(file)) {
                    lines.map(Transaction::parse).forEach(transactions::add);
                }
                Files.delete(file);
            }
        }
        Files.delete(logs);
        return transactions;
    }

    /**
     * @param micros that it took
     * @param endedAt in seconds of the epoch
     */
    record Transaction(double micros, double endedAt) {
        double beganAt() {
            return endedAt - micros / MICROS_PER_SECOND;
        }

        /** Client, its transaction's number, micros, script, seconds and micros of the epoch. */
        static Transaction parse(String line) {
            var words = line.split(" ", -1);
            return new Transaction(
                    Double.parseDouble(words[2]),
                    Long.parseLong(words[4]) + Long.parseLong(words[5]) / MICROS_PER_SECOND);
        }
    }

    private static int threads(Load load) {
        return load.clients() >= MORE_THREADS_FROM ? 2 : 1;
    }

    private Command command(int port, Load load, int seconds) {
        var words = new ArrayList<>(List.of(
                "--no-vacuum",
                "--select-only",
                "--protocol=" + load.protocol(),
                "--client=" + load.clients(),
                "--jobs=" + threads(load),
                "--time=" + seconds));
        if (load.reconnects()) {
            words.add("--connect");
        }
        return command(port, load.database(), words)
                .withEnvironment(environment(load.isEncrypted() ? "require" : "disable"));
    }

    private Command command(int port, Database database, List<String> words) {
        var line = new ArrayList<String>();
        line.add(program);
        line.addAll(words);
        line.addAll(List.of("--host=127.0.0.1", "--port=" + port, "--username=" + Account.ROLE, database.name()));
        return Command.of(line).withEnvironment(environment("disable"));
    }

    private static Map<String, String> environment(String sslMode) {
        return Map.of("PGPASSWORD", Account.PASSWORD, "PGSSLMODE", sslMode, "PGGSSENCMODE", "disable");
    }
}
