package dev.railwaypostgres.playground.restore;

import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** A Postgres of its own on a folder that somebody has restored. Lets everybody in. */
final class Restored implements AutoCloseable {
    private final Path data;
    private final int port;
    private final ProcessNursery nursery = new ProcessNursery();
    private final Process process;

    private Restored(Path data, int major) throws IOException {
        this.data = data;
        this.port = freePort();
        Files.writeString(data.resolve("trust.conf"), "host all all 127.0.0.1/32 trust\n");
        var postgres =
                PostgresBinaries.standard(System.out::println).home(major).resolve("bin/postgres");
        this.process = nursery.startUnprivileged(
                new ProcessBuilder(
                                postgres.toString(),
                                "-D",
                                data.toString(),
                                "-c",
                                "port=" + port,
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "hba_file=" + data.resolve("trust.conf"),
                                "-c",
                                "fsync=off")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                data.resolveSibling(data.getFileName() + ".log").toFile()),
                data);
    }

    static Restored start(Path data, int major) throws IOException {
        return new Restored(data, major);
    }

    /** Adds a line to the settings that {@code pg_basebackup} has written. */
    static void set(Path data, String line) throws IOException {
        Files.writeString(data.resolve("postgresql.auto.conf"), line + "\n", StandardOpenOption.APPEND);
    }

    String sql(String statement) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/app?user=postgres");
                var sql = connection.createStatement();
                var rows = sql.executeQuery(statement)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    String log() throws IOException {
        return Files.readString(data.resolveSibling(data.getFileName() + ".log"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 15, TimeUnit.SECONDS).join();
        process.destroyForcibly();
        nursery.close();
    }
}
