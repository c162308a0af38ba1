package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.ProtocolViolation;

/** How a value is spelled on the wire; the ordinal is the code. */
public enum Format {
    TEXT,
    BINARY;

    static Format ofCode(int code) {
        return switch (code) {
            case 0 -> TEXT;
            case 1 -> BINARY;
            default -> throw new ProtocolViolation("unsupported format code: " + code);
        };
    }

    int code() {
        return this == TEXT ? 0 : 1;
    }
}
