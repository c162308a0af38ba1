package dev.railwaypostgres.proxy.relay;

import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendTag;
import dev.railwaypostgres.postgres.message.FrontendTag;
import java.util.ArrayDeque;

/**
 * Counts what a client has asked its server and what the server has answered, by tags alone. Quiet means: everything is
 * answered, and no transaction is open.
 */
public final class Conversation {
    /** What ends with one {@code ReadyForQuery}. */
    private enum Round {
        SYNC,
        QUERY
    }

    private final ArrayDeque<Round> rounds = new ArrayDeque<>();
    private TransactionStatus status = TransactionStatus.IDLE;

    /** Messages of the extended protocol went out after the last {@code Sync}. */
    private boolean isUnsynced;

    /** The server reads copy data, and ignores {@code Sync} until that ends. */
    private boolean isCopyingIn;

    private boolean isAnswered;

    /** The client's next message, by its tag. */
    public void asked(byte tag) {
        switch (tag) {
            case FrontendTag.QUERY, FrontendTag.FUNCTION_CALL -> rounds.add(Round.QUERY);
            case FrontendTag.SYNC -> synced();
            case FrontendTag.COPY_DONE, FrontendTag.COPY_FAIL -> isCopyingIn = false;
            case FrontendTag.COPY_DATA -> {}
            default -> isUnsynced = true;
        }
    }

    private void synced() {
        if (!isCopyingIn) {
            rounds.add(Round.SYNC);
            isUnsynced = false;
        }
    }

    /** The server's next message, by its tag; for {@code ReadyForQuery} see {@link #ready}. */
    public void answered(byte tag) {
        switch (tag) {
            case BackendTag.NOTICE_RESPONSE, BackendTag.PARAMETER_STATUS, BackendTag.NOTIFICATION_RESPONSE -> {}
            case BackendTag.COPY_IN_RESPONSE -> copyIn();
            case BackendTag.ERROR_RESPONSE -> {
                isAnswered = true;
                isCopyingIn = false;
            }
            default -> isAnswered = true;
        }
    }

    /** Of the extended protocol's rounds, those sent ahead are read by the server as part of the copy. */
    private void copyIn() {
        isAnswered = true;
        isCopyingIn = true;
        if (rounds.peek() == Round.SYNC) {
            rounds.clear();
            isUnsynced = true;
        }
    }

    /** A {@code ReadyForQuery}. */
    public void ready(TransactionStatus now) {
        rounds.poll();
        status = now;
        isCopyingIn = false;
        if (isQuiet()) {
            isAnswered = false;
        }
    }

    public boolean isQuiet() {
        return rounds.isEmpty() && !isUnsynced && status == TransactionStatus.IDLE;
    }

    /** Nothing is owed to the client; a transaction may be open. */
    public boolean isAnswering() {
        return !rounds.isEmpty() || isUnsynced;
    }

    public boolean isInTransaction() {
        return status != TransactionStatus.IDLE;
    }

    /** Part of an answer has come since the last quiet moment. */
    public boolean isAnswered() {
        return isAnswered;
    }

    /** How many {@code ReadyForQuery} the client still waits for. */
    public int roundsOpen() {
        return rounds.size();
    }

    /** The client has yet to send the {@code Sync} that ends its last round. */
    public boolean isUnsynced() {
        return isUnsynced;
    }

    /** All is lost; begin anew. */
    public void reset() {
        rounds.clear();
        status = TransactionStatus.IDLE;
        isUnsynced = false;
        isCopyingIn = false;
        isAnswered = false;
    }
}
