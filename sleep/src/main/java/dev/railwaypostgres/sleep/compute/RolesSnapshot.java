package dev.railwaypostgres.sleep.compute;

import java.util.Map;

/**
 * What the proxy needs to log clients in while the database sleeps.
 *
 * @param verifiers SCRAM-SHA-256 verifier by name
 * @param restrictions of those roles that have any
 * @param parameters what Postgres reports to a client after its login ({@code server_version}, {@code TimeZone}, …)
 */
public record RolesSnapshot(
        Map<String, String> verifiers, Map<String, RoleRestriction> restrictions, Map<String, String> parameters) {
    public RolesSnapshot {
        verifiers = Map.copyOf(verifiers);
        restrictions = Map.copyOf(restrictions);
        parameters = Map.copyOf(parameters);
    }

    /** Names the roles, never their verifiers. */
    @Override
    public String toString() {
        return "RolesSnapshot[" + verifiers.keySet() + "]";
    }
}
