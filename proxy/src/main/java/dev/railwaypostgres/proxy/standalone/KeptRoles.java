package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who may log in to one database, in the form in which it is kept.
 *
 * @param roles SCRAM-SHA-256 verifier by name
 * @param parameters what Postgres reports after a login
 * @param systemIdentifier of the data that it was read from
 */
record KeptRoles(Map<String, String> roles, Map<String, String> parameters, String systemIdentifier) {
    KeptRoles {
        roles = Map.copyOf(roles);
        parameters = Map.copyOf(parameters);
    }

    static KeptRoles of(ComputeIdentity identity, RolesSnapshot seen) {
        return new KeptRoles(seen.verifiers(), seen.parameters(), identity.systemIdentifier());
    }

    /** @throws IllegalArgumentException when one is no verifier, which Postgres itself never says */
    RoleSnapshot snapshot() {
        var verifiers = roles.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, role -> ScramVerifier.parse(role.getValue())));
        return new RoleSnapshot(verifiers, parameters);
    }

    /** Names the roles, never their verifiers. */
    @Override
    public String toString() {
        return "KeptRoles[" + roles.keySet() + "]";
    }
}
