package dev.railwaypostgres.proxy.auth;

import dev.railwaypostgres.postgres.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A secret that all replicas have, so that they know each other's cancel keys, and that a role which does not exist looks
 * the same whoever is asked.
 */
public final class SharedKey {
    /** One that can be guessed would let anybody cancel anything. */
    private static final int SHORTEST = 16;

    private static final int USUAL = 32;

    private SharedKey() {}

    /**
     * @param file null: a replica without others makes up its own
     * @throws IOException when it cannot be read, or is too short for a secret
     */
    public static Bytes read(@Nullable Path file) throws IOException {
        if (file == null) {
            var random = new byte[USUAL];
            new SecureRandom().nextBytes(random);
            return Bytes.copyOf(random);
        }
        var shared = Bytes.copyOf(Files.readAllBytes(file));
        if (shared.length() < SHORTEST) {
            throw new IOException(file + " has less than " + SHORTEST + " bytes: too short for a shared key");
        }
        return shared;
    }
}
