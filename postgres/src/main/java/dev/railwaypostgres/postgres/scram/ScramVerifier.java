package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What a server stores of a password: enough to check it, too little to log in with it. Postgres keeps it in
 * {@code pg_authid.rolpassword}.
 *
 * @param serverKey proves to clients that a server knows the verifier: keep it as secret as the verifier
 */
public record ScramVerifier(int iterations, Bytes salt, Bytes storedKey, Bytes serverKey) {
    /** What Postgres uses unless told otherwise by {@code scram_iterations}. */
    public static final int DEFAULT_ITERATIONS = 4096;

    private static final int SALT_LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern SHAPE = Pattern.compile("SCRAM-SHA-256\\$(\\d{1,10}):([^$:]+)\\$([^$:]+):([^$:]+)");

    public ScramVerifier {
        if (iterations < 1 || storedKey.length() != Sha256.LENGTH || serverKey.length() != Sha256.LENGTH) {
            throw new IllegalArgumentException("not a SCRAM-SHA-256 verifier");
        }
    }

    /**
     * Reads {@code SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>}.
     *
     * @throws IllegalArgumentException for anything else; the text is not in the message
     */
    public static ScramVerifier parse(String text) {
        var matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a SCRAM-SHA-256 verifier");
        }
        try {
            return new ScramVerifier(
                    Integer.parseInt(matcher.group(1)),
                    decode(matcher.group(2)),
                    decode(matcher.group(3)),
                    decode(matcher.group(4)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a SCRAM-SHA-256 verifier");
        }
    }

    /** Takes long on purpose. Not for an event loop. */
    public static ScramVerifier ofPassword(String password) {
        var salt = new byte[SALT_LENGTH];
        RANDOM.nextBytes(salt);
        return ofPassword(password, DEFAULT_ITERATIONS, Bytes.copyOf(salt));
    }

    /** Takes long on purpose: {@code iterations} rounds of SHA-256. Not for an event loop. */
    public static ScramVerifier ofPassword(String password, int iterations, Bytes salt) {
        var salted = Sha256.stretch(Passwords.prepare(password), salt.toArray(), iterations);
        var storedKey = Sha256.hash(Sha256.hmac(salted, "Client Key"));
        return new ScramVerifier(
                iterations, salt, Bytes.copyOf(storedKey), Bytes.copyOf(Sha256.hmac(salted, "Server Key")));
    }

    /**
     * Stands in for a role that does not exist, so that nobody learns that it does not: looks like any other, is the same
     * at each try, and no password opens it.
     *
     * @param secret the same in all processes that answer for the role
     */
    public static ScramVerifier mock(String role, Bytes secret) {
        var salt = derive(secret, "salt " + role).toArray();
        return new ScramVerifier(
                DEFAULT_ITERATIONS,
                Bytes.copyOf(Arrays.copyOf(salt, SALT_LENGTH)),
                derive(secret, "stored key " + role),
                derive(secret, "server key " + role));
    }

    private static Bytes derive(Bytes secret, String purpose) {
        return Bytes.copyOf(Sha256.hmac(secret.toArray(), purpose.getBytes(StandardCharsets.UTF_8)));
    }

    /** The text that Postgres stores, and takes in {@code PASSWORD '…'}. */
    public String encoded() {
        return "SCRAM-SHA-256$%d:%s$%s:%s".formatted(iterations, encode(salt), encode(storedKey), encode(serverKey));
    }

    /** Whether this is the key that the verifier was made for. Takes the same time for any key. */
    public boolean accepts(ClientKey key) {
        return storedKey.equals(Bytes.copyOf(key.storedKey()));
    }

    private static Bytes decode(String base64) {
        return Bytes.copyOf(Base64.getDecoder().decode(base64));
    }

    private static String encode(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    @Override
    public String toString() {
        return "ScramVerifier[***]";
    }
}
