/**
 * Base backups: taken over the replication protocol, checked while they flow, stored as Postgres wrote them.
 *
 * <p>{@link dev.railwaypostgres.archive.backup.BackupTaker} is the way in, {@link dev.railwaypostgres.archive.backup.BackupObjects} the
 * way out. A backup is a prefix with
 *
 * <pre>{@code
 * backups/<id>/base.tar.zst      and <oid>.tar.zst for each tablespace: the server's tar, byte for byte, in zstd frames
 * backups/<id>/manifest.zst      backup_manifest as the server wrote it
 * backups/<id>/backup.json       written last: without it there is no backup
 * }</pre>
 *
 * May use the replication client of {@code postgres}. Knows nothing of receivers, buckets or catalogs.
 */
@NullMarked
package dev.railwaypostgres.archive.backup;

import org.jspecify.annotations.NullMarked;
