package dev.railwaypostgres.playground.replication;

import dev.railwaypostgres.playground.compute.ScratchCompute;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.replication.Login;
import dev.railwaypostgres.postgres.replication.ReplicationConnection;
import dev.railwaypostgres.postgres.replication.Server;
import dev.railwaypostgres.postgres.scram.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;

/** A compute whose log is followed and whose data is backed up. */
public final class Source implements AutoCloseable {
    private final Path folder;
    private final int major;
    private ScratchCompute compute;

    private Source(Path folder, int major) throws IOException {
        this.folder = folder;
        this.major = major;
        this.compute = ScratchCompute.start(folder, major);
    }

    public static Source start(Path folder, int major) throws IOException {
        return new Source(folder, major);
    }

    public Server server() {
        return Server.at("127.0.0.1", compute.address().port());
    }

    public Login login() {
        return new Login("postgres", new Credentials.Password(ScratchCompute.ADMIN.value()), "app", "archive");
    }

    public ReplicationConnection connect() {
        return ReplicationConnection.open(server(), login());
    }

    public String sql(String statement) throws SQLException {
        try (var connection = compute.loginAsSuperuser();
                var sql = connection.createStatement()) {
            if (!sql.execute(statement)) {
                return "";
            }
            try (var rows = sql.getResultSet()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        }
    }

    public Lsn flushed() throws SQLException {
        return Lsn.parse(sql("SELECT pg_current_wal_flush_lsn()"));
    }

    public Path data() {
        return folder.resolve("volume/pgdata");
    }

    /** Ends the compute in an orderly way. */
    public void stop() {
        compute.close();
    }

    public void startAgain() throws IOException {
        compute = ScratchCompute.start(folder, major);
    }

    /** Stops, and starts as something that has been recovered from an archive: on a new timeline. */
    public void beginTimeline() throws IOException {
        stop();
        Files.createFile(data().resolve("recovery.signal"));
        Files.writeString(
                data().resolve("postgresql.auto.conf"), "restore_command = 'false'\n", StandardOpenOption.APPEND);
        startAgain();
    }

    /** Waits for what the stop of a client may hold up. */
    public int awaitEnd() throws InterruptedException {
        return compute.awaitEnd(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        compute.close();
    }
}
