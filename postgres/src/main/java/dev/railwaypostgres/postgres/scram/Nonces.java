package dev.railwaypostgres.postgres.scram;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Where the numbers used once come from. */
final class Nonces {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 18;

    /** Text without commas, as long as Postgres' own. */
    static final Supplier<String> SECURE = () -> {
        var bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    };

    private Nonces() {}
}
