package dev.railwaypostgres.archive.backup;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stored backup, to be read: what the server sent, byte for byte. */
public final class Backup {
    private final BackupObjects objects;
    private final BackupRecord record;

    private Backup(BackupObjects objects, BackupRecord record) {
        this.objects = objects;
        this.record = record;
    }

    /**
     * @throws IOException when there is no such backup, or none that was completed
     */
    public static Backup open(BackupObjects objects, BackupId id) throws IOException {
        try (var json = objects.read(id.object("backup.json"))) {
            return new Backup(objects, BackupJson.read(json.readAllBytes()));
        }
    }

    public BackupRecord record() {
        return record;
    }

    public InputStream archive(BackupRecord.Archive archive) throws IOException {
        return content(archive.object());
    }

    public InputStream manifest() throws IOException {
        return content(record.manifest());
    }

    private InputStream content(StoredObject object) throws IOException {
        return new ZstdInputStream(new SealedInput(object, objects.read(object.name())));
    }
}
