package dev.railwaypostgres.proxy.operator;

import java.time.Instant;

/**
 * What is unusual about a role with a password.
 *
 * @param mayLogIn false for {@code NOLOGIN}
 * @param validUntil when its password expires; {@link Instant#MAX}: never
 * @param superuser whether it may do everything
 */
public record RoleAttributes(boolean mayLogIn, Instant validUntil, boolean superuser) {
    static final RoleAttributes USUAL = new RoleAttributes(true, Instant.MAX, false);
}
