package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.PortToKeep;
import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One Postgres, which can be stopped and started again. Nothing in it has to survive a crash. */
final class Server implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String ADMIN = "postgres";

    private final Path data;
    private final Path log;
    private final int port = PortToKeep.choose();
    private final ProcessNursery nursery;
    private @Nullable Process process;

    private Server(Path folder, ProcessNursery nursery) throws IOException {
        this.data = folder.resolve("data");
        this.log = folder.resolve("log");
        this.nursery = nursery;
    }

    /** Made and configured, not started. */
    static Server make(Path folder, ProcessNursery nursery, List<String> settings)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var keys = KeyPair.makeIn(folder);
        var server = new Server(folder, nursery);
        server.initialize(folder);
        Files.writeString(server.data.resolve("pg_hba.conf"), """
                host all %s 127.0.0.1/32 trust
                host all all 127.0.0.1/32 scram-sha-256
                """.formatted(ADMIN));
        Files.writeString(server.data.resolve("postgresql.auto.conf"), """
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                ssl = on
                ssl_cert_file = '%s'
                ssl_key_file = '%s'
                %s
                """.formatted(
                        server.port, keys.certificate(), keys.key(), String.join("\n", settings)));
        return server;
    }

    private void initialize(Path folder) throws InterruptedException {
        var initdb = nursery.startUnprivileged(
                new ProcessBuilder(
                                program("initdb"),
                                "-D",
                                data.toString(),
                                "-U",
                                ADMIN,
                                "--auth=trust",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--no-sync")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile()),
                folder);
        if (initdb.waitFor() != 0) {
            throw new IllegalStateException("initdb failed, see " + log);
        }
    }

    private static String program(String name) {
        return PostgresBinaries.standard(_ -> {})
                .home(PostgresBinaries.DEFAULT_MAJOR)
                .resolve("bin")
                .resolve(name)
                .toString();
    }

    int port() {
        return port;
    }

    /** Returns at once; whoever wants to connect has to try. */
    synchronized void start() {
        if (process == null || !process.isAlive()) {
            process = nursery.startUnprivileged(
                    new ProcessBuilder(program("postgres"), "-D", data.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())),
                    data.resolveSibling("."));
        }
    }

    /** Waits until it accepts connections. */
    void awaitStart() {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Postgres does not start, see " + log);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** In an orderly way, cutting off whoever is connected. */
    synchronized void stop() throws InterruptedException {
        if (process != null) {
            Command.of("kill", "-INT", Long.toString(process.pid())).output();
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Postgres does not stop, see " + log);
            }
        }
    }

    /** Runs statements as the superuser. */
    void run(String database, String... statements) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var text : statements) {
                statement.execute(text);
            }
        }
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), ADMIN, "");
    }

    private boolean answers() {
        try (var connection = connect(ADMIN)) {
            return connection.isValid(1);
        } catch (SQLException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Postgres stopped", e);
        }
    }
}
