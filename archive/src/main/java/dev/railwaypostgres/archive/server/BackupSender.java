package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.archive.backup.Backup;
import dev.railwaypostgres.archive.backup.BackupRecord;
import dev.railwaypostgres.archive.backup.BackupRecord.Archive;
import dev.railwaypostgres.archive.backup.BackupRecord.Point;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.message.BackendMessage.CopyResponse;
import dev.railwaypostgres.postgres.replication.BackupEvent;
import dev.railwaypostgres.postgres.replication.BackupOptions;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code BASE_BACKUP} with a stored one, byte for byte what the server once sent. */
final class BackupSender {
    private static final Logger LOG = LoggerFactory.getLogger(BackupSender.class);
    private static final int MOST_AT_ONCE = 128 << 10;
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);

    private final Answers answers;
    private final ServedDatabase database;
    private final byte[] piece = new byte[MOST_AT_ONCE];

    BackupSender(Answers answers, ServedDatabase database) {
        this.answers = answers;
        this.database = database;
    }

    void send(BackupOptions options) throws IOException, Refusal {
        var backup = database.backup();
        if (backup == null) {
            throw new Refusal(SqlState.FEATURE_NOT_SUPPORTED, "this archive serves its log only");
        }
        var record = backup.record();
        answers.send(point(record.start()));
        answers.send(tablespaces(record, options.progress()));
        answers.copyBegins(CopyResponse.Direction.OUT);
        for (var archive : record.archives()) {
            sendArchive(backup, archive, options);
        }
        if (options.manifest()) {
            sendManifest(backup);
        }
        answers.copyEnds();
        answers.send(point(record.stop()));
        answers.done("BASE_BACKUP");
    }

    private static Answers.Table point(Point point) {
        return Answers.Table.of("recptr", "tli")
                .row(point.position().toString(), point.timeline().toString());
    }

    /** The data directory has no name of its own. */
    private static Answers.Table tablespaces(BackupRecord record, boolean sizes) {
        var table = Answers.Table.of("spcoid", "spclocation", "size");
        for (var archive : record.archives()) {
            var size = sizes ? Long.toString(archive.object().size() >> 10) : null;
            table = archive.location().isEmpty()
                    ? table.row(null, null, size)
                    : table.row(archive.name().replace(".tar", ""), archive.location(), size);
        }
        return table;
    }

    private void sendArchive(Backup backup, Archive archive, BackupOptions options) throws IOException, Refusal {
        answers.copy(out -> BackupEvent.encode(new BackupEvent.ArchiveBegins(archive.name(), archive.location()), out));
        try (var content = backup.archive(archive)) {
            if (options.wal() && archive.location().isEmpty()) {
                sendContent(new TarWithLog(content, database, backup.record()), options.progress());
            } else {
                sendContent(content, options.progress());
            }
        }
    }

    private void sendManifest(Backup backup) throws IOException, Refusal {
        answers.copy(out -> BackupEvent.encode(new BackupEvent.ManifestBegins(), out));
        try (var content = backup.manifest()) {
            sendContent(content, false);
        }
    }

    private void sendContent(InputStream content, boolean progress) throws IOException, Refusal {
        long sent = 0;
        long nextReport = System.nanoTime() + BETWEEN_REPORTS.toNanos();
        for (int count = read(content); count >= 0; count = read(content)) {
            var bytes = new BackupEvent.Content(Unpooled.wrappedBuffer(piece, 0, count));
            answers.copy(out -> BackupEvent.encode(bytes, out));
            sent += count;
            if (progress && System.nanoTime() >= nextReport) {
                var report = new BackupEvent.Progress(sent);
                answers.copy(out -> BackupEvent.encode(report, out));
                nextReport += BETWEEN_REPORTS.toNanos();
            }
        }
    }

    /** What is not as it was stored ends the copy. The session goes on, as with Postgres: libpq may lose what is said at the end. */
    private int read(InputStream content) throws Refusal {
        try {
            return content.read(piece);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The backup cannot be given back");
            throw new Refusal(SqlState.INTERNAL_ERROR, "the archive cannot give back this backup");
        }
    }
}
