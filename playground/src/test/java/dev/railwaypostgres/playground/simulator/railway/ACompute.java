package dev.railwaypostgres.playground.simulator.railway;

import static dev.railwaypostgres.playground.Eventually.eventually;

import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The compute's script, running on a volume. */
record ACompute(Process process, Path volume, int port) implements AutoCloseable {
    static final String PASSWORD = "a secret";
    private static final ProcessNursery NURSERY = new ProcessNursery();
    private static final ComputeImage IMAGE =
            new ComputeImage(Path.of("../compute/entrypoint.sh").toAbsolutePath(), PostgresBinaries.standard(_ -> {}));

    static ACompute start(int major, Path volume) {
        return start(major, volume, Map.of());
    }

    /** Starts with the usual variables; an empty value takes one away. */
    static ACompute start(int major, Path volume, Map<String, String> others) {
        var variables = variables(volume);
        variables.putAll(others);
        variables.values().removeIf(String::isEmpty);
        var port = Ports.free();
        var container = new Container("railway-postgres/compute:" + major, variables, port, volume);
        var process = IMAGE.process(container).orElseThrow();
        process.redirectErrorStream(true).redirectOutput(log(volume).toFile());
        return new ACompute(NURSERY.startUnprivileged(process, volume), volume, port);
    }

    private static Map<String, String> variables(Path volume) {
        var variables = new HashMap<String, String>();
        variables.put("RAILWAY_VOLUME_MOUNT_PATH", volume.toString());
        variables.put("PGDATA", volume.resolve("pgdata").toString());
        variables.put("ADMIN_VERIFIER", Verifiers.of(PASSWORD));
        variables.put("DATABASE_NAME", "app");
        variables.put("DATABASE_OWNER", "app");
        variables.put("OWNER_VERIFIER", Verifiers.of(PASSWORD));
        return variables;
    }

    static Path log(Path volume) {
        return volume.resolveSibling(volume.getFileName() + ".log");
    }

    String output() {
        try {
            return Files.readString(log(volume));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Connection login(String role) {
        var connections = new ArrayList<Connection>();
        eventually(() -> connections.add(tryLogin(role, "sslmode=require&channelBinding=require")));
        return connections.getFirst();
    }

    Connection tryLogin(String role, String options) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/app?" + options, role, PASSWORD);
    }

    static String query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Ends the container as the platform does and waits for its status. */
    int stop() {
        process.destroy();
        return status();
    }

    int status() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("Still running: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Everything in the container dies at once. */
    void kill() {
        var all = new ArrayList<>(children());
        all.addFirst(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    @Override
    public void close() {
        kill();
    }
}
