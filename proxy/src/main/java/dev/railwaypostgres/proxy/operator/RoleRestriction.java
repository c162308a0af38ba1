package dev.railwaypostgres.proxy.operator;

import java.time.Instant;

/**
 * What a role with a password may not do.
 *
 * @param mayLogIn false for {@code NOLOGIN}
 * @param validUntil when its password expires; {@link Instant#MAX}: never
 */
public record RoleRestriction(boolean mayLogIn, Instant validUntil) {
    public static final RoleRestriction NONE = new RoleRestriction(true, Instant.MAX);
}
