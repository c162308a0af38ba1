package dev.railwaypostgres.postgres.startup;

import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import java.util.Locale;

/** Whether a client asks for a walsender instead of an ordinary session. */
public enum Replication {
    NONE,
    /** Of the whole server. */
    PHYSICAL,
    /** Of one database; also runs statements. */
    LOGICAL;

    /** Postgres takes the word {@code database}, or a boolean that may be cut short. */
    static Replication parse(String value) {
        if (value.equals("database")) {
            return LOGICAL;
        }
        var lower = value.toLowerCase(Locale.ROOT);
        if (isShortFor(lower, "true", 1) || isShortFor(lower, "yes", 1) || isShortFor(lower, "on", 2)) {
            return PHYSICAL;
        }
        if (isShortFor(lower, "false", 1) || isShortFor(lower, "no", 1) || isShortFor(lower, "off", 2)) {
            return NONE;
        }
        return switch (value) {
            case "1" -> PHYSICAL;
            case "0" -> NONE;
            default ->
                throw new ProtocolViolation(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "invalid value for parameter \"replication\": \"%s\"".formatted(value));
        };
    }

    private static boolean isShortFor(String value, String word, int least) {
        return value.length() >= least && word.startsWith(value);
    }
}
