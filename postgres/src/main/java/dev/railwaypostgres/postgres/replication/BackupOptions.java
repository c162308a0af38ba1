package dev.railwaypostgres.postgres.replication;

/**
 * How a base backup is to be taken.
 *
 * @param label stands in the backup's {@code backup_label}
 * @param fastCheckpoint begins at once, at the price of a burst of writes; else within {@code checkpoint_timeout}
 * @param wal puts the log that the backup needs into it
 * @param progress asks for {@link BackupEvent.Progress}
 * @param manifest asks for a list of all files with their checksums
 * @param maxRate kilobytes a second, 32 to 1048576; 0 for no limit
 */
public record BackupOptions(
        String label, boolean fastCheckpoint, boolean wal, boolean progress, boolean manifest, int maxRate) {

    /** Complete, at once and as quick as can be, without the log. */
    public static BackupOptions labelled(String label) {
        return new BackupOptions(label, true, false, true, true, 0);
    }

    public BackupOptions spread() {
        return new BackupOptions(label, false, wal, progress, manifest, maxRate);
    }

    public BackupOptions limitedTo(int kilobytesPerSecond) {
        return new BackupOptions(label, fastCheckpoint, wal, progress, manifest, kilobytesPerSecond);
    }

    public BackupOptions withWal(boolean wanted) {
        return new BackupOptions(label, fastCheckpoint, wanted, progress, manifest, maxRate);
    }

    public BackupOptions withProgress(boolean wanted) {
        return new BackupOptions(label, fastCheckpoint, wal, wanted, manifest, maxRate);
    }

    public BackupOptions withManifest(boolean wanted) {
        return new BackupOptions(label, fastCheckpoint, wal, progress, wanted, maxRate);
    }
}
