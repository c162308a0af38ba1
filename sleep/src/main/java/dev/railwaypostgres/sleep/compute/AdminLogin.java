package dev.railwaypostgres.sleep.compute;

/**
 * How we log in to a compute: as a superuser of it.
 *
 * @param database any in it; what is asked is about all of them
 * @param application the name that our sessions give themselves, by which activity leaves them out
 */
public record AdminLogin(ComputeAddress address, String role, String database, String application, Password password) {}
