package dev.railwaypostgres.playground.conformance.scene;

import java.util.Locale;

/**
 * In what a script finds the proxy.
 *
 * @param servers the size of the pool
 */
public record Situation(Kind kind, int servers) {
    /** What has happened before. */
    public enum Kind {
        /** Nothing: there is no server connection. */
        COLD,
        /** Each server connection has been used, by clients that are still there. */
        WARM,
        /** Each server connection has been used, and changed as far as a client can change it. */
        DIRTY,
        /** As warm, but what clients send arrives in small pieces. */
        IN_PIECES,
        /** The database sleeps. */
        ASLEEP
    }

    @Override
    public String toString() {
        return "%s, %d server%s"
                .formatted(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), servers, servers == 1 ? "" : "s");
    }
}
