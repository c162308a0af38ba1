package dev.railwaypostgres.sleep.compute;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is unusual about a role with a password.
 *
 * @param mayLogIn false for {@code NOLOGIN}
 * @param validUntil when its password expires, RFC 3339 in UTC; null: never
 * @param superuser whether it may do everything
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleAttributes(boolean mayLogIn, @Nullable String validUntil, boolean superuser) {
    /** Most roles have nothing unusual. */
    static Optional<RoleAttributes> of(boolean mayLogIn, @Nullable String validUntil, boolean superuser) {
        return mayLogIn && validUntil == null && !superuser
                ? Optional.empty()
                : Optional.of(new RoleAttributes(mayLogIn, validUntil, superuser));
    }
}
