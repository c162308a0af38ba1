package dev.railwaypostgres.sleep.compute;

import java.util.Map;

/**
 * What the proxy needs to log clients in while the database sleeps.
 *
 * @param verifiers SCRAM-SHA-256 verifier by name
 * @param attributes of those roles that have unusual ones
 * @param parameters what Postgres reports to a client after its login ({@code server_version}, {@code TimeZone}, …)
 */
public record RolesSnapshot(
        Map<String, String> verifiers, Map<String, RoleAttributes> attributes, Map<String, String> parameters) {
    public RolesSnapshot {
        verifiers = Map.copyOf(verifiers);
        attributes = Map.copyOf(attributes);
        parameters = Map.copyOf(parameters);
    }

    /** Names the roles, never their verifiers. */
    @Override
    public String toString() {
        return "RolesSnapshot[" + verifiers.keySet() + "]";
    }
}
