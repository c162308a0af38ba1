package dev.railwaypostgres.sleep.compute;

/**
 * Which Postgres answered.
 *
 * @param systemIdentifier of {@code pg_control_system()}: the same for as long as the data directory lives
 * @param timeline of {@code pg_control_checkpoint()}
 * @param version {@code server_version}, for example {@code 17.11}
 */
public record ComputeIdentity(String systemIdentifier, int timeline, String version) {}
