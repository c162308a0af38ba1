package dev.railwaypostgres.playground.compute;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import dev.railwaypostgres.sleep.compute.Password;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A compute as Railway would run it, on a volume of its own, with the passwords {@code admin} and {@code owner}. */
public final class ScratchCompute implements AutoCloseable {
    public static final Password ADMIN = new Password("admin");
    public static final Password OWNER = new Password("owner");

    static final String PARAMETERS = "timezone = 'Europe/Berlin'";

    private final Path volume;
    private final int port;
    private final ProcessNursery nursery = new ProcessNursery();
    private final Process process;

    private ScratchCompute(Path volume, int major, String path, Map<String, String> more) throws IOException {
        this.volume = Files.createDirectories(volume);
        this.port = freePort();
        var entrypoint = entrypoint(major, path);
        entrypoint.environment().putAll(more);
        this.process = nursery.startUnprivileged(entrypoint, volume);
    }

    public static ScratchCompute start(Path folder, int major) throws IOException {
        return new ScratchCompute(folder.resolve("volume"), major, System.getenv("PATH"), Map.of());
    }

    /** With programs of the test's own before those of this machine. */
    public static ScratchCompute start(Path folder, int major, Path programs) throws IOException {
        return new ScratchCompute(folder.resolve("volume"), major, programs + ":" + System.getenv("PATH"), Map.of());
    }

    /** With programs before those of this machine, and more variables than it would have. */
    public static ScratchCompute start(Path folder, int major, Path programs, Map<String, String> more)
            throws IOException {
        return new ScratchCompute(folder.resolve("volume"), major, programs + ":" + System.getenv("PATH"), more);
    }

    public Path data() {
        return volume.resolve("pgdata");
    }

    public ComputeAddress address() {
        return new ComputeAddress("127.0.0.1", port);
    }

    /** Logs in as an application would. */
    public Connection loginAsOwner(String application) throws SQLException {
        return login("app", OWNER, application);
    }

    public Connection loginAsSuperuser() throws SQLException {
        return login("postgres", ADMIN, "test");
    }

    public Connection login(String role, Password password, String application) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", password.value());
        properties.setProperty("sslmode", "require");
        properties.setProperty("ApplicationName", application);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/app", properties);
    }

    /** The exit status, once the compute has ended. */
    public int awaitEnd(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("The compute still runs after " + limit);
        }
        return process.exitValue();
    }

    private ProcessBuilder entrypoint(int major, String path) {
        var builder = new ProcessBuilder(
                "bash", Repository.path("compute/entrypoint.sh").toString());
        var bin = PostgresBinaries.standard(System.out::println).home(major).resolve("bin");
        var environment = builder.environment();
        environment.put("PATH", bin + ":" + path);
        environment.put("RAILWAY_VOLUME_MOUNT_PATH", volume.toAbsolutePath().toString());
        environment.put("PGDATA", volume.resolve("pgdata").toAbsolutePath().toString());
        environment.put("PGPORT", Integer.toString(port));
        environment.put("LISTEN_ADDRESSES", "127.0.0.1");
        environment.put("ADMIN_VERIFIER", verifier(ADMIN));
        environment.put("OWNER_VERIFIER", verifier(OWNER));
        environment.put("DATABASE_NAME", "app");
        environment.put("DATABASE_OWNER", "app");
        environment.put("POSTGRES_PARAMETERS", PARAMETERS);
        environment.put("RAILWAY_DEPLOYMENT_DRAINING_SECONDS", "10");
        return builder.redirectErrorStream(true)
                .redirectOutput(volume.resolveSibling("compute.log").toFile());
    }

    private static String verifier(Password password) {
        return ScramVerifier.ofPassword(password.value()).encoded();
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
