package dev.railwaypostgres.postgres;

/**
 * The other side sent bytes that the protocol forbids. The message is the one Postgres itself would send, in its words.
 *
 * <p>Carries no stack trace: whoever sends garbage must not be able to make us spend more on it than on good bytes.
 */
public final class ProtocolViolation extends RuntimeException {
    private final SqlState sqlState;
    private final boolean unspoken;

    public ProtocolViolation(String message) {
        this(SqlState.PROTOCOL_VIOLATION, message);
    }

    public ProtocolViolation(SqlState sqlState, String message) {
        this(sqlState, message, false);
    }

    private ProtocolViolation(SqlState sqlState, String message, boolean unspoken) {
        super(message, null, false, false);
        this.sqlState = sqlState;
        this.unspoken = unspoken;
    }

    /** After a length that cannot be, Postgres closes without a word: whoever sends it may not even speak the protocol. */
    public static ProtocolViolation badLength() {
        return new ProtocolViolation(SqlState.PROTOCOL_VIOLATION, "invalid message length", true);
    }

    public SqlState sqlState() {
        return sqlState;
    }

    /** Whether the offender is told nothing. */
    public boolean isUnspoken() {
        return unspoken;
    }
}
