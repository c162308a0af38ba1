package dev.railwaypostgres.proxy.session;

import java.util.Locale;

/** What a session is at, in a word for people. */
enum Standing {
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

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
