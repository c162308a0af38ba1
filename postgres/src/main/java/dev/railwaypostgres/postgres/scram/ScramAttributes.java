package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import java.util.Base64;

/** Reads the {@code x=value} attributes of a SCRAM message in their prescribed order. */
final class ScramAttributes {
    private final String text;
    private int position;

    ScramAttributes(String text) {
        this(text, 0);
    }

    ScramAttributes(String text, int position) {
        this.text = text;
        this.position = position;
    }

    /** The value of the attribute that must come now. */
    String next(char name) {
        if (!comes(name)) {
            throw malformed();
        }
        int end = text.indexOf(',', position);
        int valueEnd = end < 0 ? text.length() : end;
        var value = text.substring(position + 2, valueEnd);
        position = end < 0 ? text.length() : end + 1;
        return value;
    }

    Bytes nextBase64(char name) {
        return base64(next(name));
    }

    boolean comes(char name) {
        return text.startsWith(name + "=", position);
    }

    /** Passes over an attribute that may come here but need not be known, as all unknown ones must be. */
    void skipUntil(char name) {
        while (!comes(name)) {
            if (position >= text.length() || position + 1 >= text.length() || text.charAt(position + 1) != '=') {
                throw malformed();
            }
            next(text.charAt(position));
        }
    }

    int position() {
        return position;
    }

    static Bytes base64(String value) {
        try {
            return Bytes.copyOf(Base64.getDecoder().decode(value));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    static ProtocolViolation malformed() {
        return new ProtocolViolation("malformed SCRAM message");
    }
}
