package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.ErrorFields;

/** What a server's refusal means to whoever asked for replication. */
public enum Reason {
    /** 42704: the slot does not exist. */
    NO_SUCH_SLOT,
    /** 42710 */
    SLOT_EXISTS,
    /** 55006: somebody else follows the slot. */
    SLOT_ACTIVE,
    /** 55000, Postgres 18: the slot has lost what it should keep. */
    SLOT_LOST,
    /** 58P01: a segment of the log, or a history file, is not there (any more). */
    WAL_MISSING,
    /** XX000: the position is ahead of the server, or not on the way to its timeline. */
    NOT_IN_HISTORY,
    /** XX001: a page of the data is damaged. */
    DATA_CORRUPTED,
    /** 53300 */
    TOO_MANY_WALSENDERS,
    /** Class 28, and 42501 for a role that may not replicate. */
    NOT_ALLOWED,
    /** 57P01, 57P02, 57P03: the server is stopping or starting. */
    NOT_NOW,
    OTHER;

    static Reason of(ErrorFields fields) {
        return switch (fields.sqlState().code()) {
            case "42704" -> NO_SUCH_SLOT;
            case "42710" -> SLOT_EXISTS;
            case "55006" -> SLOT_ACTIVE;
            case "55000" -> SLOT_LOST;
            case "58P01" -> WAL_MISSING;
            case "XX001" -> DATA_CORRUPTED;
            case "53300" -> TOO_MANY_WALSENDERS;
            case "28000", "28P01", "42501" -> NOT_ALLOWED;
            case "57P01", "57P02", "57P03" -> NOT_NOW;
            case "XX000" -> ofInternalError(fields.message());
            default -> OTHER;
        };
    }

    /** These errors have no code of their own. Where a server speaks another language than English, they are {@link #OTHER}. */
    private static Reason ofInternalError(String message) {
        boolean position = message.contains("is ahead of the WAL flush position")
                || message.contains("is not in this server's history")
                || message.contains("is not in the history of");
        return position ? NOT_IN_HISTORY : OTHER;
    }
}
