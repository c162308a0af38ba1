package dev.railwaypostgres.postgres.sql;

import java.util.Optional;

/** Something named anywhere in a text, outside of strings and comments, that may leave a trace in the session. */
public enum Mention {
    /** Takes or gives back a lock that outlives the transaction. */
    ADVISORY_LOCK,
    /** Changes a setting from within an expression, or by an update of the view that shows them. */
    SET_CONFIG,
    /** Draws a value from a sequence, which the session remembers. */
    SEQUENCE_DRAW,
    /** Asks for the value that the session drew last. */
    SEQUENCE_RECALL,
    /** The session's own schema. */
    TEMPORARY_OBJECT,
    RANDOM_SEED,
    BACKEND_PROCESS,
    /** Of a function that is not built in, or of an anonymous block: nobody knows what it does. */
    UNKNOWN_CALL;

    static Optional<Mention> of(String name) {
        return switch (name) {
            case "pg_advisory_lock",
                    "pg_advisory_lock_shared",
                    "pg_try_advisory_lock",
                    "pg_try_advisory_lock_shared",
                    "pg_advisory_unlock",
                    "pg_advisory_unlock_shared",
                    "pg_advisory_unlock_all" -> Optional.of(ADVISORY_LOCK);
            case "set_config" -> Optional.of(SET_CONFIG);
            case "nextval", "setval" -> Optional.of(SEQUENCE_DRAW);
            case "currval", "lastval" -> Optional.of(SEQUENCE_RECALL);
            case "setseed" -> Optional.of(RANDOM_SEED);
            case "pg_backend_pid" -> Optional.of(BACKEND_PROCESS);
            default -> isOfTemporarySchema(name) ? Optional.of(TEMPORARY_OBJECT) : Optional.empty();
        };
    }

    private static boolean isOfTemporarySchema(String name) {
        return name.startsWith("pg_temp")
                && (name.length() == 7 || name.substring(7).matches("_\\d+"));
    }
}
