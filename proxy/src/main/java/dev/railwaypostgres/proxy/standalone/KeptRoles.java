package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.RoleAttributes;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who may log in to one database, in the form in which it is kept.
 *
 * @param roles SCRAM-SHA-256 verifier by name
 * @param attributes of those roles that have unusual ones
 * @param parameters what Postgres reports after a login
 * @param systemIdentifier of the data that it was read from
 */
record KeptRoles(
        Map<String, String> roles,
        Map<String, RoleAttributes> attributes,
        Map<String, String> parameters,
        String systemIdentifier) {
    KeptRoles {
        roles = Map.copyOf(roles);
        attributes = Map.copyOf(attributes);
        parameters = Map.copyOf(parameters);
    }

    static KeptRoles of(ComputeIdentity identity, RolesSnapshot seen) {
        return new KeptRoles(seen.verifiers(), seen.attributes(), seen.parameters(), identity.systemIdentifier());
    }

    /**
     * @throws IllegalArgumentException when one is no verifier
     * @throws DateTimeParseException when a moment is none; Postgres itself says neither
     */
    RoleSnapshot snapshot() {
        return new RoleSnapshot(each(roles, ScramVerifier::parse), each(attributes, KeptRoles::attributes), parameters);
    }

    private static dev.railwaypostgres.proxy.operator.RoleAttributes attributes(RoleAttributes kept) {
        var validUntil = kept.validUntil();
        return new dev.railwaypostgres.proxy.operator.RoleAttributes(
                kept.mayLogIn(), validUntil == null ? Instant.MAX : Instant.parse(validUntil), kept.superuser());
    }

    private static <A, B> Map<String, B> each(Map<String, A> map, Function<A, B> change) {
        return map.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> change.apply(entry.getValue())));
    }

    /** Names the roles, never their verifiers. */
    @Override
    public String toString() {
        return "KeptRoles[" + roles.keySet() + "]";
    }
}
