package dev.railwaypostgres.playground.restore;

import static dev.railwaypostgres.playground.Eventually.eventually;

import dev.railwaypostgres.archive.backup.Backup;
import dev.railwaypostgres.archive.backup.BackupId;
import dev.railwaypostgres.archive.backup.BackupOutcome;
import dev.railwaypostgres.archive.backup.BackupRecord;
import dev.railwaypostgres.archive.backup.BackupTaker;
import dev.railwaypostgres.archive.server.ArchiveServer;
import dev.railwaypostgres.archive.server.FreshCertificate;
import dev.railwaypostgres.archive.server.ServedDatabase;
import dev.railwaypostgres.archive.server.ServedRole;
import dev.railwaypostgres.playground.replication.Source;
import dev.railwaypostgres.postgres.replication.BackupOptions;
import dev.railwaypostgres.postgres.replication.SlotName;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A database whose log is followed, with one backup, and a server for its archive. */
final class ArchivedDatabase implements AutoCloseable {
    private static final SlotName SLOT = new SlotName("archive");

    /** The program is of the newest version and leaves all words behind that its library knows. */
    private static final int FIRST_MAJOR_THAT_KNOWS_THE_WORDS = 17;

    final Source source;
    final FolderObjects objects;
    final FolderLog log;
    final BackupRecord backup;
    final ArchiveServer server;
    private final int major;

    ArchivedDatabase(Path folder, int major) throws Exception {
        this.major = major;
        source = Source.start(folder, major);
        objects = new FolderObjects(folder.resolve("bucket"));
        log = new FolderLog(folder.resolve("log"));
        eventually(() -> source.sql("CREATE TABLE IF NOT EXISTS item (id int PRIMARY KEY, words text)"));
        insert(1, 20_000);
        try (var connection = source.connect()) {
            connection.createSlot(SLOT);
        }
        followAgain();
        backup = takeBackup();
        server = serve(Instant.now().plus(Duration.ofHours(1)));
    }

    void followAgain() {
        log.followInBackground(source.connect(), SLOT);
    }

    void insert(int first, int last) throws Exception {
        source.sql("INSERT INTO item SELECT n, repeat(md5(n::text), 10) FROM generate_series(%d, %d) n"
                .formatted(first, last));
    }

    /** All that is committed is in the log that is served. */
    void catchUp() throws Exception {
        log.awaitEnd(source.flushed(), Duration.ofSeconds(20));
    }

    private BackupRecord takeBackup() throws Exception {
        try (var taker = new BackupTaker(objects, 1, Clock.systemUTC());
                var connection = source.connect()) {
            var id = BackupId.at(Instant.now());
            var outcome = taker.take(connection, id, BackupOptions.labelled("test"), _ -> {});
            if (!(outcome instanceof BackupOutcome.Sound(var record))) {
                throw new AssertionError(outcome.toString());
            }
            log.awaitEnd(record.stop().position(), Duration.ofSeconds(20));
            taker.commit(record);
            return record;
        }
    }

    ArchiveServer serve(Instant deadline) throws Exception {
        var role = new ServedRole("restore", ScramVerifier.ofPassword(Tool.PASSWORD), deadline);
        var database = new ServedDatabase(backup.server(), Backup.open(objects, backup.id()), log);
        return ArchiveServer.start(0, FreshCertificate.make(), role, database, Clock.systemUTC());
    }

    String address() {
        return address(server);
    }

    static String address(ArchiveServer server) {
        return "host=127.0.0.1 port=%d user=restore dbname=app sslmode=require channel_binding=require"
                .formatted(server.port());
    }

    /** Restores with Postgres' own program. */
    Path restore(Path folder, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("-d", address(), "-D", folder.toString()));
        arguments.addAll(List.of(more));
        var tool = Tool.run("pg_basebackup", arguments.toArray(String[]::new));
        if (tool.status() != 0) {
            throw new AssertionError(tool.words());
        }
        return folder;
    }

    /** Restores what follows the archive once it is started. */
    Path restoreFollower(Path folder) throws Exception {
        if (major >= FIRST_MAJOR_THAT_KNOWS_THE_WORDS) {
            return restore(folder, "-X", "none", "-R");
        }
        restore(folder, "-X", "none");
        Files.createFile(folder.resolve("standby.signal"));
        Restored.set(folder, "primary_conninfo = '%s password=%s'".formatted(address(), Tool.PASSWORD));
        return folder;
    }

    @Override
    public void close() {
        server.close();
        source.close();
    }
}
