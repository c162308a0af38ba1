package dev.railwaypostgres.postgres.startup;

/** TLS from the first byte on, without an {@code SSLRequest}; known to clients since Postgres 17. */
public final class DirectTls {
    /**
     * What both sides must name in ALPN. A client that starts TLS directly and does not negotiate it is refused: it may
     * be a browser that was tricked into talking to us.
     */
    public static final String ALPN_PROTOCOL = "postgresql";

    private static final byte TLS_HANDSHAKE = 0x16;

    private DirectTls() {}

    /** No startup packet begins like this: its length would be far above the limit. */
    public static boolean isClientHello(byte firstByte) {
        return firstByte == TLS_HANDSHAKE;
    }
}
