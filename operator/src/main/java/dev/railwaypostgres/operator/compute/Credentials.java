package dev.railwaypostgres.operator.compute;

import dev.railwaypostgres.sleep.compute.Password;

/**
 * How to log in to one database's compute, and the verifiers that make it accept that.
 *
 * @param admin password of the superuser {@code postgres}
 * @param adminVerifier SCRAM-SHA-256 verifier of that password: the same text every time, salt included
 * @param ownerVerifier the same for the role that owns the application's database
 */
public record Credentials(Password admin, String adminVerifier, String ownerVerifier) {
    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
