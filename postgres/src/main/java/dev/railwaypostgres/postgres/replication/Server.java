package dev.railwaypostgres.postgres.replication;

import java.time.Duration;

/**
 * Where a database answers, and how long we wait for it.
 *
 * @param patience for the connection, and for each answer of the login
 */
public record Server(String host, int port, Encryption encryption, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How the connection is to be kept from others. */
    public enum Encryption {
        /** For tests and sockets within one machine. */
        NONE,
        /**
         * TLS with any certificate, which SCRAM's channel binding then proves to be the server's own. A server that cannot
         * bind is refused.
         */
        BOUND_TLS
    }

    public static Server at(String host, int port) {
        return new Server(host, port, Encryption.BOUND_TLS, PATIENCE);
    }

    public Server unencrypted() {
        return new Server(host, port, Encryption.NONE, patience);
    }
}
