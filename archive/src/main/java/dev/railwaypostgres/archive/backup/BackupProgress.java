package dev.railwaypostgres.archive.backup;

/**
 * How far a backup is, in bytes before compression.
 *
 * @param expected what the server estimated at the beginning; the files may have grown since
 */
public record BackupProgress(long done, long expected) {}
