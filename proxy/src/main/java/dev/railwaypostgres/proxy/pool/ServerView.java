package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.proxy.relay.SocketView;
import org.jspecify.annotations.Nullable;

/**
 * A server connection as people see it.
 *
 * @param connection tells it from others
 * @param lessee who has it; null: nobody
 * @param since nanoseconds, as {@link System#nanoTime}
 * @param isOutdated it is closed as soon as nobody has it
 */
public record ServerView(
        Object connection,
        @Nullable Object lessee,
        Profile profile,
        State state,
        SocketView socket,
        long since,
        boolean isOutdated,
        int processId,
        int preparedStatements,
        int cancelRequests) {
    /** What is going on in it. */
    public enum State {
        ACTIVE,
        IDLE,
        /** Settings are made, or remains removed. */
        TESTED,
        /** Nobody gets it before a cancel request has arrived. */
        BEING_CANCELED
    }
}
