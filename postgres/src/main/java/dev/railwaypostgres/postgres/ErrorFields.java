package dev.railwaypostgres.postgres;

import org.jspecify.annotations.Nullable;

/**
 * What an {@code ErrorResponse} or a {@code NoticeResponse} says, as far as anybody here writes or reads it. The other
 * fields (position, table, source line, …) reach clients by passing the original bytes on.
 */
public record ErrorFields(
        Severity severity,
        SqlState sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint) {

    /** The session ends after it. */
    public static ErrorFields fatal(SqlState sqlState, String message) {
        return new ErrorFields(Severity.FATAL, sqlState, message, null, null);
    }

    /** The statement ends, the session goes on. */
    public static ErrorFields error(SqlState sqlState, String message) {
        return new ErrorFields(Severity.ERROR, sqlState, message, null, null);
    }

    public static ErrorFields notice(String message) {
        return new ErrorFields(Severity.NOTICE, SqlState.SUCCESSFUL_COMPLETION, message, null, null);
    }

    public ErrorFields withDetail(String text) {
        return new ErrorFields(severity, sqlState, message, text, hint);
    }

    public ErrorFields withHint(String text) {
        return new ErrorFields(severity, sqlState, message, detail, text);
    }
}
