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
 * @param attributes of those roles that have unusual ones
 * @param parameters what the server reports at login, {@code server_version} and the like
 */
public record RoleSnapshot(
        Map<String, ScramVerifier> verifiers, Map<String, RoleAttributes> attributes, Map<String, String> parameters) {
    public RoleSnapshot {
        verifiers = Map.copyOf(verifiers);
        attributes = Map.copyOf(attributes);
        parameters = Map.copyOf(parameters);
    }

    /** Of roles that have nothing unusual. */
    public RoleSnapshot(Map<String, ScramVerifier> verifiers, Map<String, String> parameters) {
        this(verifiers, Map.of(), parameters);
    }

    /** What a proof is checked against; empty when no proof can be right now, since the password has expired or there is none. */
    public Optional<ScramVerifier> verifier(String role, Instant now) {
        return Optional.ofNullable(verifiers.get(role))
                .filter(_ -> attributes(role).validUntil().isAfter(now));
    }

    /** Postgres looks at it only once the password was right. */
    public boolean mayLogIn(String role) {
        return attributes(role).mayLogIn();
    }

    public boolean isSuperuser(String role) {
        return attributes(role).superuser();
    }

    /** Whether the other one knows the same of this role. */
    public boolean knowsTheSame(String role, RoleSnapshot other) {
        return Objects.equals(verifiers.get(role), other.verifiers.get(role))
                && attributes(role).equals(other.attributes(role));
    }

    private RoleAttributes attributes(String role) {
        return attributes.getOrDefault(role, RoleAttributes.USUAL);
    }
}
