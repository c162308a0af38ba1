package dev.railwaypostgres.proxy.session;

import java.util.Locale;

/** What a session is at, in a word for people. */
public enum Standing {
    /** Quiet, without a server connection. */
    PARKED,
    /** For a server connection. */
    WAITING,
    /** For the database. */
    WAKING,
    ACTIVE,
    /** A transaction is open, and nothing runs. */
    IN_TRANSACTION,
    /** Quiet, with a server connection that it cannot leave. */
    PINNED;

    /** It waits for a server connection, whatever the reason. */
    public boolean isWaiting() {
        return this == WAITING || this == WAKING;
    }

    /** Something runs, or a transaction is open. */
    public boolean isWorking() {
        return this == ACTIVE || this == IN_TRANSACTION;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
