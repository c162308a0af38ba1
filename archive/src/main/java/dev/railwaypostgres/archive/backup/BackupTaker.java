package dev.railwaypostgres.archive.backup;

import dev.railwaypostgres.postgres.replication.BackupOptions;
import dev.railwaypostgres.postgres.replication.ReplicationConnection;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Takes base backups, one call each. A backup that breaks off leaves at most objects without a {@code backup.json}, which
 * nobody takes for a backup.
 *
 * <p>One backup holds some {@code 4 * 4} MiB of frames and the parts that are under way to the store.
 */
public final class BackupTaker implements AutoCloseable {
    /** A spread checkpoint takes up to 90 % of {@code checkpoint_timeout}, which is five minutes at first. */
    private static final Duration CHECKPOINT_LIMIT = Duration.ofHours(1);

    private static final Duration SILENCE_LIMIT = Duration.ofMinutes(2);

    private final BackupObjects objects;
    private final int level;
    private final Clock clock;
    private final ExecutorService compressors = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("compress-", 0).factory());

    /** @param level of zstd's compression: 1 is quick, 3 a few percent smaller and half as quick */
    public BackupTaker(BackupObjects objects, int level, Clock clock) {
        this.objects = objects;
        this.level = level;
        this.clock = clock;
    }

    /**
     * Takes a backup over a connection that does nothing else.
     *
     * @param watcher is told how far it is, about once a second
     * @throws IOException when storing fails, or what comes is no backup
     * @throws dev.railwaypostgres.postgres.replication.ReplicationFailure when the server does not deliver
     */
    public BackupOutcome take(
            ReplicationConnection connection, BackupId id, BackupOptions options, Consumer<BackupProgress> watcher)
            throws IOException {
        var facts = ServerFacts.of(connection);
        connection.limitSilence(CHECKPOINT_LIMIT);
        var stream = connection.baseBackup(options);
        connection.limitSilence(SILENCE_LIMIT);
        var copy = new BackupCopy(id, facts, stream, new Store(objects, compressors, level), clock);
        try {
            return copy.run(watcher);
        } finally {
            copy.abortUnfinished();
        }
    }

    /** Makes it a backup. The log must be stored up to its stop: else nothing could be made of it. */
    public void commit(BackupRecord record) throws IOException {
        objects.put(record.id().object("backup.json"), BackupJson.write(record));
    }

    /** What a copy writes with. */
    record Store(BackupObjects objects, ExecutorService compressors, int level) {
        CompressedWriter begin(String name) throws IOException {
            return new CompressedWriter(new PartWriter(objects.begin(name)), compressors, level);
        }
    }

    @Override
    public void close() {
        compressors.shutdownNow();
    }
}
