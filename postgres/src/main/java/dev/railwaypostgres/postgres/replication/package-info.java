/**
 * Replication as Postgres 15 and newer speak it: its commands, what flows inside its copies, and a blocking client.
 *
 * <p>{@link dev.railwaypostgres.postgres.replication.ReplicationConnection} is the way in. It follows one slot
 * ({@link dev.railwaypostgres.postgres.replication.WalStream}) or takes one base backup
 * ({@link dev.railwaypostgres.postgres.replication.BaseBackupStream}) at a time. Commands and copied messages are values
 * that are written and read here in both directions, for whoever plays the server. May use every other part of the
 * module; retries nothing, and keeps nothing but a connection.
 */
@NullMarked
package dev.railwaypostgres.postgres.replication;

import org.jspecify.annotations.NullMarked;
