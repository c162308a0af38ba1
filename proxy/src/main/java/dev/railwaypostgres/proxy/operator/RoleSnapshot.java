package dev.railwaypostgres.proxy.operator;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Verifiers and settings of one database, taken while it was awake. Exact for as long as it sleeps, since nobody can
 * change a role in it.
 *
 * @param restrictions of those roles that have any
 * @param parameters what the server reports at login, {@code server_version} and the like
 */
public record RoleSnapshot(
        Map<String, ScramVerifier> verifiers,
        Map<String, RoleRestriction> restrictions,
        Map<String, String> parameters) {
    public RoleSnapshot {
        verifiers = Map.copyOf(verifiers);
        restrictions = Map.copyOf(restrictions);
        parameters = Map.copyOf(parameters);
    }

    /** Of roles without restrictions. */
    public RoleSnapshot(Map<String, ScramVerifier> verifiers, Map<String, String> parameters) {
        this(verifiers, Map.of(), parameters);
    }

    /** What a proof is checked against; empty when no proof can be right now, since the password has expired or there is none. */
    public Optional<ScramVerifier> verifier(String role, Instant now) {
        return Optional.ofNullable(verifiers.get(role))
                .filter(_ -> restriction(role).validUntil().isAfter(now));
    }

    /** Postgres looks at it only once the password was right. */
    public boolean mayLogIn(String role) {
        return restriction(role).mayLogIn();
    }

    /** Whether the other one knows the same of this role. */
    public boolean knowsTheSame(String role, RoleSnapshot other) {
        return Objects.equals(verifiers.get(role), other.verifiers.get(role))
                && restriction(role).equals(other.restriction(role));
    }

    private RoleRestriction restriction(String role) {
        return restrictions.getOrDefault(role, RoleRestriction.NONE);
    }
}
