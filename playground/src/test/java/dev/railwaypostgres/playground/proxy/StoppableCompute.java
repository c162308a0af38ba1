package dev.railwaypostgres.playground.proxy;

import dev.railwaypostgres.playground.PortToKeep;
import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A compute that keeps its volume and its port while it is stopped and started again. */
public final class StoppableCompute {
    static final ScramVerifier OWNER = ScramVerifier.ofPassword("owner");

    /** Of the role postgres. */
    public static final String ADMIN_PASSWORD = "admin";

    private static final ScramVerifier ADMIN = ScramVerifier.ofPassword(ADMIN_PASSWORD);
    private static final long LIMIT_SECONDS = 30;

    private final Path volume;
    private final int major;
    private final String parameters;
    private final int port;
    private final ProcessNursery nursery = new ProcessNursery();
    private @Nullable Process process;

    StoppableCompute(Path folder) throws IOException {
        this(folder, PostgresBinaries.DEFAULT_MAJOR, "timezone = 'Europe/Berlin'");
    }

    /** @param parameters lines of postgresql.conf */
    public StoppableCompute(Path folder, int major, String parameters) throws IOException {
        this.major = major;
        this.parameters = parameters;
        volume = Files.createDirectories(folder.resolve("volume"));
        port = PortToKeep.choose();
    }

    public int port() {
        return port;
    }

    /** Returns at once; whoever wants to connect has to try. */
    public synchronized void start() {
        if (process == null || !process.isAlive()) {
            process = nursery.startUnprivileged(entrypoint(), volume);
        }
    }

    /** As Railway stops it: SIGTERM, then a smart shutdown, then a fast one. */
    public synchronized void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the compute still runs");
            }
        }
    }

    private ProcessBuilder entrypoint() {
        var builder = new ProcessBuilder(
                "bash", Repository.path("compute/entrypoint.sh").toString());
        var bin = PostgresBinaries.standard(_ -> {}).home(major).resolve("bin");
        var environment = builder.environment();
        environment.merge("PATH", bin.toString(), (path, ours) -> ours + ":" + path);
        environment.put("RAILWAY_VOLUME_MOUNT_PATH", volume.toAbsolutePath().toString());
        environment.put("PGDATA", volume.resolve("pgdata").toAbsolutePath().toString());
        environment.put("PGPORT", Integer.toString(port));
        environment.put("LISTEN_ADDRESSES", "127.0.0.1");
        environment.put("ADMIN_VERIFIER", ADMIN.encoded());
        environment.put("OWNER_VERIFIER", OWNER.encoded());
        environment.put("DATABASE_NAME", "app");
        environment.put("DATABASE_OWNER", "app");
        environment.put("POSTGRES_PARAMETERS", parameters);
        environment.put("RAILWAY_DEPLOYMENT_DRAINING_SECONDS", "5");
        return builder.redirectErrorStream(true)
                .redirectOutput(volume.resolveSibling("compute.log").toFile());
    }

    public void end() throws InterruptedException {
        stop();
        nursery.close();
    }
}
