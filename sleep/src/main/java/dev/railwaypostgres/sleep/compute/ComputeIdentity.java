package dev.railwaypostgres.sleep.compute;

import dev.railwaypostgres.postgres.Lsn;

/**
 * Which Postgres answered.
 *
 * @param systemIdentifier of {@code pg_control_system()}: the same for as long as the data directory lives
 * @param timeline of {@code pg_control_checkpoint()}
 * @param version {@code server_version}, for example {@code 17.11}
 * @param position where its log ended at that login
 */
public record ComputeIdentity(String systemIdentifier, int timeline, String version, Lsn position) {}
