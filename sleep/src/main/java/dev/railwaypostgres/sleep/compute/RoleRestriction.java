package dev.railwaypostgres.sleep.compute;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a role with a password may not do.
 *
 * @param mayLogIn false for {@code NOLOGIN}
 * @param validUntil when its password expires, RFC 3339 in UTC; null: never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleRestriction(boolean mayLogIn, @Nullable String validUntil) {
    /** Most roles have none. */
    static Optional<RoleRestriction> of(boolean mayLogIn, @Nullable String validUntil) {
        return mayLogIn && validUntil == null
                ? Optional.empty()
                : Optional.of(new RoleRestriction(mayLogIn, validUntil));
    }
}
