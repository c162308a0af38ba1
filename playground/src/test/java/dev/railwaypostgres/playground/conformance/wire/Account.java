package dev.railwaypostgres.playground.conformance.wire;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.scram.ScramVerifier;

/** A role with its password. The verifier asks for one hash only: logins are many here, and what they cost is no question. */
public record Account(String role, String password, ScramVerifier verifier) {
    public static Account of(String role) {
        var password = "password of " + role;
        return new Account(role, password, ScramVerifier.ofPassword(password, 1, Bytes.of("any salt")));
    }
}
