package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.RoleRestriction;
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
 * @param restrictions of those roles that have any
 * @param parameters what Postgres reports after a login
 * @param systemIdentifier of the data that it was read from
 */
record KeptRoles(
        Map<String, String> roles,
        Map<String, RoleRestriction> restrictions,
        Map<String, String> parameters,
        String systemIdentifier) {
    KeptRoles {
        roles = Map.copyOf(roles);
        restrictions = Map.copyOf(restrictions);
        parameters = Map.copyOf(parameters);
    }

    static KeptRoles of(ComputeIdentity identity, RolesSnapshot seen) {
        return new KeptRoles(seen.verifiers(), seen.restrictions(), seen.parameters(), identity.systemIdentifier());
    }

    /**
     * @throws IllegalArgumentException when one is no verifier
     * @throws DateTimeParseException when a moment is none; Postgres itself says neither
     */
    RoleSnapshot snapshot() {
        return new RoleSnapshot(
                each(roles, ScramVerifier::parse), each(restrictions, KeptRoles::restriction), parameters);
    }

    private static dev.railwaypostgres.proxy.operator.RoleRestriction restriction(RoleRestriction kept) {
        var validUntil = kept.validUntil();
        return new dev.railwaypostgres.proxy.operator.RoleRestriction(
                kept.mayLogIn(), validUntil == null ? Instant.MAX : Instant.parse(validUntil));
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
