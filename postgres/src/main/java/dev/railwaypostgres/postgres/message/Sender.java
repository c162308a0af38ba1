package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.ProtocolViolation;

/** Who sends a stream of messages; decides which headers are lawful. */
public enum Sender {
    CLIENT {
        @Override
        int maxLength(byte tag) {
            return switch (tag) {
                case FrontendTag.QUERY,
                        FrontendTag.PARSE,
                        FrontendTag.BIND,
                        FrontendTag.FUNCTION_CALL,
                        FrontendTag.COPY_DATA -> LARGE;
                case FrontendTag.PASSWORD -> PASSWORD;
                case FrontendTag.CLOSE,
                        FrontendTag.COPY_DONE,
                        FrontendTag.COPY_FAIL,
                        FrontendTag.DESCRIBE,
                        FrontendTag.EXECUTE,
                        FrontendTag.FLUSH,
                        FrontendTag.SYNC,
                        FrontendTag.TERMINATE -> SMALL;
                default -> throw new ProtocolViolation("invalid frontend message type " + (tag & 0xFF));
            };
        }
    },

    /** Servers are newer or older than we are: any tag is lawful. */
    SERVER {
        @Override
        int maxLength(byte tag) {
            return Integer.MAX_VALUE - MessageFramer.HEADER_LENGTH;
        }
    };

    /** Postgres' own limits for what it receives, lengths as on the wire: the tag does not count, the length does. */
    private static final int LARGE = (1 << 30) - 2;

    private static final int SMALL = 10_000;
    private static final int PASSWORD = 65_535;

    private static final int LENGTH_ITSELF = 4;

    abstract int maxLength(byte tag);

    /** Turns the length on the wire into the body's. */
    public int bodyLength(byte tag, int length) {
        if (length < LENGTH_ITSELF || length > maxLength(tag)) {
            throw ProtocolViolation.badLength();
        }
        return length - LENGTH_ITSELF;
    }
}
