package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Messages as text, one character for each byte: proofs are made over the very bytes that were sent, in whatever alphabet
 * a client names its user.
 */
final class ScramText {
    private ScramText() {}

    static String read(Bytes message) {
        return new String(message.toArray(), StandardCharsets.ISO_8859_1);
    }

    static Bytes write(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
