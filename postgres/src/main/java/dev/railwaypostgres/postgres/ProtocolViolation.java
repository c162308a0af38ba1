package dev.railwaypostgres.postgres;

/**
 * The other side sent bytes that the protocol forbids. The message is the one Postgres itself would send, in its words.
 *
 * <p>Carries no stack trace: whoever sends garbage must not be able to make us spend more on it than on good bytes.
 */
public final class ProtocolViolation extends RuntimeException {
    private final SqlState sqlState;

    public ProtocolViolation(String message) {
        this(SqlState.PROTOCOL_VIOLATION, message);
    }

    public ProtocolViolation(SqlState sqlState, String message) {
        super(message, null, false, false);
        this.sqlState = sqlState;
    }

    public SqlState sqlState() {
        return sqlState;
    }

    /** What to tell the offender before the connection is closed. */
    public ErrorFields asFatal() {
        return ErrorFields.fatal(sqlState, String.valueOf(getMessage()));
    }
}
