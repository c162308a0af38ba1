package dev.railwaypostgres.archive.backup;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import java.time.Instant;
import java.util.List;

/**
 * A backup that is whole, and that was compared with its manifest on the way. Written into {@code backup.json}.
 *
 * @param start from where on the log is needed
 * @param stop up to where it must be replayed: the earliest moment that can be restored from here
 * @param archives in the order of the server; the data directory comes last
 * @param files how many there are
 */
public record BackupRecord(
        BackupId id,
        ServerFacts server,
        Point start,
        Point stop,
        List<Archive> archives,
        StoredObject manifest,
        int files) {

    public BackupRecord {
        archives = List.copyOf(archives);
    }

    /** @param time by our clock, when the server told the position */
    public record Point(Lsn position, Timeline timeline, Instant time) {}

    /**
     * @param name as the server calls it, {@code base.tar}
     * @param location where the tablespace lay on the server; empty for the data directory
     */
    public record Archive(String name, String location, StoredObject object) {}

    /** Bytes of all archives as Postgres sent them. */
    public long size() {
        return archives.stream().mapToLong(archive -> archive.object().size()).sum();
    }

    public long storedSize() {
        return archives.stream()
                        .mapToLong(archive -> archive.object().storedSize())
                        .sum()
                + manifest.storedSize();
    }
}
