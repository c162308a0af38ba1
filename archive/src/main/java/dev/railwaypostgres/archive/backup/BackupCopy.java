package dev.railwaypostgres.archive.backup;

import dev.railwaypostgres.archive.backup.BackupOutcome.Damaged;
import dev.railwaypostgres.archive.backup.BackupOutcome.Sound;
import dev.railwaypostgres.archive.backup.BackupRecord.Archive;
import dev.railwaypostgres.archive.backup.BackupRecord.Point;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.replication.BackupEvent;
import dev.railwaypostgres.postgres.replication.BaseBackupStream;
import dev.railwaypostgres.postgres.replication.Reason;
import dev.railwaypostgres.postgres.replication.ReplicationFailure;
import dev.railwaypostgres.postgres.replication.Tablespace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One backup on its way from the server into the store. */
final class BackupCopy {
    /** Some two million files. The manifest is the one thing that is held as a whole. */
    private static final int LONGEST_MANIFEST = 256 << 20;

    private final BackupId id;
    private final ServerFacts facts;
    private final BaseBackupStream stream;
    private final BackupTaker.Store store;
    private final Clock clock;
    private final Point start;
    private final BackupVerifier verifier;
    private final List<Archive> archives = new ArrayList<>();
    private final ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    private final long expected;
    private long doneBefore;

    private @Nullable OpenArchive open;
    private boolean inManifest;

    BackupCopy(BackupId id, ServerFacts facts, BaseBackupStream stream, BackupTaker.Store store, Clock clock) {
        this.id = id;
        this.facts = facts;
        this.stream = stream;
        this.store = store;
        this.clock = clock;
        this.start = new Point(stream.start(), stream.timeline(), clock.instant());
        this.verifier = new BackupVerifier(stream.start(), facts.pageChecksums());
        this.expected =
                stream.tablespaces().stream().mapToLong(Tablespace::kilobytes).sum() << 10;
    }

    BackupOutcome run(Consumer<BackupProgress> watcher) throws IOException {
        try {
            return copy(watcher);
        } catch (ReplicationFailure.Refused e) {
            if (e.reason() == Reason.DATA_CORRUPTED) {
                return damaged(List.of("the server says: " + e.fields().message()));
            }
            throw e;
        }
    }

    private BackupOutcome copy(Consumer<BackupProgress> watcher) throws IOException {
        while (true) {
            switch (stream.next()) {
                case BackupEvent.ArchiveBegins begins -> beginArchive(begins);
                case BackupEvent.Content(ByteBuf bytes) -> content(bytes);
                case BackupEvent.Progress(long bytes) ->
                    watcher.accept(new BackupProgress(doneBefore + bytes, expected));
                case BackupEvent.ManifestBegins _ -> {
                    completeArchive();
                    inManifest = true;
                }
                case BackupEvent.Finished(Lsn stop, Timeline timeline) -> {
                    return judge(new Point(stop, timeline, clock.instant()));
                }
            }
        }
    }

    private void beginArchive(BackupEvent.ArchiveBegins begins) throws IOException {
        completeArchive();
        var name = id.object(begins.name() + ".zst");
        var prefix =
                begins.location().isEmpty() ? "" : "pg_tblspc/" + begins.name().replace(".tar", "") + "/";
        open = new OpenArchive(begins, name, store.begin(name), verifier.archive(prefix));
    }

    private void content(ByteBuf bytes) throws IOException {
        if (inManifest) {
            if (manifest.size() + bytes.readableBytes() > LONGEST_MANIFEST) {
                throw new IOException("the backup has too many files: its manifest is longer than 256 MiB");
            }
            bytes.getBytes(bytes.readerIndex(), manifest, bytes.readableBytes());
        } else if (open != null) {
            open.tar.feed(bytes);
            open.writer.write(bytes);
        } else {
            throw new IOException("the server sends content of no archive");
        }
    }

    private void completeArchive() throws IOException {
        if (open != null) {
            open.tar.finish();
            var stored = open.writer.complete(open.name);
            archives.add(new Archive(open.begins.name(), open.begins.location(), stored));
            doneBefore += stored.size();
            open = null;
        }
    }

    private BackupOutcome judge(Point stop) throws IOException {
        var text = manifest.toByteArray();
        var problems = verifier.problems(BackupManifest.parse(text));
        if (!problems.isEmpty()) {
            return damaged(problems);
        }
        var stored = storeManifest(text);
        return new Sound(new BackupRecord(id, facts, start, stop, archives, stored, verifier.files()));
    }

    private StoredObject storeManifest(byte[] text) throws IOException {
        var name = id.object("manifest.zst");
        var writer = store.begin(name);
        try {
            writer.write(Unpooled.wrappedBuffer(text));
            return writer.complete(name);
        } catch (IOException e) {
            writer.abort();
            throw e;
        }
    }

    /** Kept, for whoever wants to save what can be saved, but not as a backup. */
    private BackupOutcome damaged(List<String> problems) throws IOException {
        var words = String.join("\n", problems) + "\n";
        store.objects().put(id.object("damaged.txt"), words.getBytes(StandardCharsets.UTF_8));
        return new Damaged(id, problems);
    }

    void abortUnfinished() {
        if (open != null) {
            open.writer.abort();
        }
    }

    private record OpenArchive(BackupEvent.ArchiveBegins begins, String name, CompressedWriter writer, TarReader tar) {}
}
