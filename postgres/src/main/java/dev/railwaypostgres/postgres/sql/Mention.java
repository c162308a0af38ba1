package dev.railwaypostgres.postgres.sql;

import java.util.Optional;
import java.util.regex.Pattern;

/** Something named anywhere in a text, outside of strings and comments, that leaves a trace in the session. */
public enum Mention {
    /** Takes or gives back a lock that outlives the transaction. */
    ADVISORY_LOCK("pg_(try_)?advisory_lock(_shared)?|pg_advisory_unlock(_shared|_all)?"),
    /** Changes a setting from within an expression. */
    SET_CONFIG("set_config"),
    /** A session remembers the last value it drew. */
    SEQUENCE_VALUE("nextval|currval|lastval|setval"),
    /** The session's own schema. */
    TEMPORARY_OBJECT("pg_temp|pg_temp_\\d+"),
    RANDOM_SEED("setseed"),
    BACKEND_PROCESS("pg_backend_pid");

    private final Pattern names;

    Mention(String names) {
        this.names = Pattern.compile(names);
    }

    static Optional<Mention> of(String name) {
        for (var mention : values()) {
            if (mention.names.matcher(name).matches()) {
                return Optional.of(mention);
            }
        }
        return Optional.empty();
    }
}
