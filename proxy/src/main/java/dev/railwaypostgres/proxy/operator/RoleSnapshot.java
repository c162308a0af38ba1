package dev.railwaypostgres.proxy.operator;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.util.Map;

/**
 * Verifiers and settings of one database, taken while it was awake. Exact for as long as it sleeps, since nobody can
 * change a role in it.
 *
 * @param parameters what the server reports at login, {@code server_version} and the like
 */
public record RoleSnapshot(Map<String, ScramVerifier> verifiers, Map<String, String> parameters) {
    public RoleSnapshot {
        verifiers = Map.copyOf(verifiers);
        parameters = Map.copyOf(parameters);
    }
}
