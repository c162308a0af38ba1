/**
 * The archive as a walsender: stored base backups and the stored log, served so that Postgres' own programs restore and
 * follow from it, as they would from a living server. {@code pg_basebackup} of the version and a standby's receiver are the
 * clients; nothing of ours has to be where they run.
 *
 * <pre>{@code
 *   ArchiveServer     listens, counts, ends with its deadline
 *     Doorway         TLS, SCRAM of the one role
 *     ArchiveSession  a command, an answer
 *       CommandReader, BackupSender, WalSender
 *   LogSource         (port) the stored log
 * }</pre>
 *
 * <p>Serves and writes nothing. May use {@code backup} and the wire protocol of {@code postgres}.
 */
@NullMarked
package dev.railwaypostgres.archive.server;

import org.jspecify.annotations.NullMarked;
