package dev.railwaypostgres.railway;

import java.util.Locale;

/**
 * A token for Railway's API, and what kind it is: Railway wants each kind in its own header.
 *
 * @param value a secret; white space around it is dropped, since files end in it
 */
public record RailwayToken(Kind kind, String value) {
    public RailwayToken {
        value = value.strip();
        if (value.isEmpty() || !value.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new IllegalArgumentException("The Railway token is empty, or has characters that no token has");
        }
    }

    /** The kinds of tokens, widest reach first. */
    public enum Kind {
        ACCOUNT("Authorization", "Bearer "),
        WORKSPACE("Authorization", "Bearer "),
        PROJECT("Project-Access-Token", "");

        private final String header;
        private final String scheme;

        Kind(String header, String scheme) {
            this.header = header;
            this.scheme = scheme;
        }

        /** The kind of that name, in any case. */
        public static Kind named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** The name of the header that carries it. */
    public String header() {
        return kind.header;
    }

    /** What that header says: a secret. */
    public String headerValue() {
        return kind.scheme + value;
    }

    /** Never the token. */
    @Override
    public String toString() {
        return kind + " ***";
    }
}
