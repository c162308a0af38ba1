package dev.railwaypostgres.postgres.scram;

import com.ongres.saslprep.SASLprep;
import com.ongres.stringprep.Profile;
import java.nio.charset.StandardCharsets;

/** Passwords in the form in which they are hashed. */
final class Passwords {
    private static final Profile SASLPREP = new SASLprep();

    private Passwords() {}

    /** Postgres takes a password that SASLprep forbids as it is, and so do we. */
    static byte[] prepare(String password) {
        return normalized(password).getBytes(StandardCharsets.UTF_8);
    }

    private static String normalized(String password) {
        try {
            var prepared = SASLPREP.prepareStored(password);
            return prepared.isEmpty() ? password : prepared;
        } catch (IllegalArgumentException e) {
            return password;
        }
    }
}
