package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.SystemIdentifier;
import dev.railwaypostgres.postgres.Timeline;

/**
 * Which server this is, and where it stands.
 *
 * @param position up to where its log is on its disk; on a standby, up to where it has replayed
 */
public record SystemIdentity(SystemIdentifier system, Timeline timeline, Lsn position) {}
