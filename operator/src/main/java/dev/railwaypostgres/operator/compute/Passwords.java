package dev.railwaypostgres.operator.compute;

import dev.railwaypostgres.sleep.compute.Password;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes passwords. */
final class Passwords {
    /** As many as SCRAM-SHA-256 can tell apart. */
    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** 43 letters, digits, minus signs and underscores, which nothing has to quote or encode. */
    static Password random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Password(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
