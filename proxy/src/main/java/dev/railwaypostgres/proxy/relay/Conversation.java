package dev.railwaypostgres.proxy.relay;

import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendTag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one server connection has been asked and has not answered yet, in order. Quiet means: everything is answered, and no
 * transaction is open.
 *
 * <p>Between a client's questions stand some of the proxy's own, whose answers do not reach the client, and some that are
 * answered here without the server, when their turn comes. Answers are matched to questions by their tags (PostgreSQL
 * manual, "Message Flow"); an answer that nobody has asked for ends the connection, for whose it is would be a guess.
 */
public final class Conversation {
    /** A question, told apart by the messages that end its answer. */
    public enum Ask {
        PARSE,
        BIND,
        /** Of a statement or a portal. */
        DESCRIBE,
        EXECUTE,
        CLOSE,
        SYNC,
        QUERY,
        FUNCTION_CALL,
        /** The end of a copy that the server has not asked for yet. It has no answer. */
        COPY_END;

        boolean endsWithReady() {
            return this == SYNC || this == QUERY || this == FUNCTION_CALL;
        }
    }

    /** Who asks, and who answers. */
    private enum Between {
        CLIENT_AND_SERVER,
        /** On behalf of the client's message behind it, which is not done either if this fails. */
        PROXY_AND_SERVER,
        /** In a round of its own, which the client does not hear of whatever comes of it. */
        PROXY_ALONE,
        CLIENT_AND_PROXY
    }

    private static final int FIRST_ROOM = 8;

    private Ask[] asks = new Ask[FIRST_ROOM];
    private Between[] parties = new Between[FIRST_ROOM];
    private @Nullable Sequel[] sequels = new @Nullable Sequel[FIRST_ROOM];
    private int head;
    private int count;

    private TransactionStatus status = TransactionStatus.IDLE;

    /** Rounds of the client that end with a {@code ReadyForQuery}. */
    private int roundsOpen;

    /** The client's messages of the extended protocol went out after the last {@code Sync}. */
    private boolean isUnsynced;

    /** The server passes over everything up to the next {@code Sync}, which has not been sent yet. */
    private boolean isSkipping;

    /** The server reads copy data, and ignores {@code Sync} until that ends. */
    private boolean isCopyingIn;

    private boolean isAnswered;

    /** The client's next message goes to the server. */
    public void ask(Ask what, @Nullable Sequel sequel) {
        switch (what) {
            case SYNC -> sync();
            case COPY_END -> copyEnd();
            case QUERY, FUNCTION_CALL -> {
                isUnsynced &= isSkipping;
                addUnlessSkipping(what, Between.CLIENT_AND_SERVER, sequel);
            }
            case PARSE, BIND, DESCRIBE, EXECUTE, CLOSE -> {
                isUnsynced = true;
                addUnlessSkipping(what, Between.CLIENT_AND_SERVER, sequel);
            }
        }
    }

    /** A copy ignores it, but none goes on beyond another question. */
    private void sync() {
        boolean isIgnored = isCopyingIn && count == 1;
        if (!isIgnored) {
            isSkipping = false;
            isUnsynced = false;
            add(Ask.SYNC, Between.CLIENT_AND_SERVER, null);
        }
    }

    private void copyEnd() {
        if (isCopyingIn) {
            isCopyingIn = false;
        } else if (count > 0 && !isSkipping) {
            add(Ask.COPY_END, Between.CLIENT_AND_SERVER, null);
        }
    }

    private void addUnlessSkipping(Ask what, Between whom, @Nullable Sequel sequel) {
        if (!isSkipping) {
            add(what, whom, sequel);
        } else if (sequel != null) {
            sequel.failed();
        }
    }

    /** A message of the proxy's own goes to the server. */
    public void askOwn(Ask what, @Nullable Sequel sequel) {
        askOwn(what, Between.PROXY_AND_SERVER, sequel);
    }

    /** A message of the proxy's own, and its round, that concern nobody else. */
    public void askAlone(Ask what, @Nullable Sequel sequel) {
        askOwn(what, Between.PROXY_ALONE, sequel);
    }

    private void askOwn(Ask what, Between whom, @Nullable Sequel sequel) {
        isSkipping &= what != Ask.SYNC;
        addUnlessSkipping(what, whom, sequel);
    }

    /** The client's next message is answered without the server: when {@link #isAnsweredHere} says so. */
    public void askHere(Ask what, @Nullable Sequel sequel) {
        isUnsynced = true;
        addUnlessSkipping(what, Between.CLIENT_AND_PROXY, sequel);
    }

    /** The question whose turn it is has to be answered without the server. */
    public boolean isAnsweredHere() {
        return count > 0 && parties[head] == Between.CLIENT_AND_PROXY;
    }

    /** That answer has been given. */
    public void answerHere() {
        isAnswered = true;
        end(true);
    }

    /** What the server says next is for the proxy, not for the client. */
    public boolean isForProxy() {
        return count > 0 && isProxys(parties[head]);
    }

    private static boolean isProxys(Between whom) {
        return whom == Between.PROXY_AND_SERVER || whom == Between.PROXY_ALONE;
    }

    /** What the question whose turn it is has to do with; null: nothing. */
    public @Nullable Sequel sequel() {
        return count > 0 ? sequels[head] : null;
    }

    /**
     * The server's next message, by its tag; for {@code ReadyForQuery} see {@link #ready}, for {@code ErrorResponse}
     * {@link #error}.
     *
     * @throws ProtocolViolation if nobody has asked for that
     */
    public void answered(byte tag) {
        switch (tag) {
            case BackendTag.NOTICE_RESPONSE, BackendTag.PARAMETER_STATUS, BackendTag.NOTIFICATION_RESPONSE -> {}
            case BackendTag.PARSE_COMPLETE -> ended(Ask.PARSE);
            case BackendTag.BIND_COMPLETE -> ended(Ask.BIND);
            case BackendTag.CLOSE_COMPLETE -> ended(Ask.CLOSE);
            case BackendTag.NO_DATA -> ended(Ask.DESCRIBE);
            case BackendTag.PORTAL_SUSPENDED -> ended(Ask.EXECUTE);
            case BackendTag.ROW_DESCRIPTION -> endedUnlessIn(Ask.QUERY, Ask.DESCRIBE);
            case BackendTag.COMMAND_COMPLETE, BackendTag.EMPTY_QUERY_RESPONSE -> endedUnlessIn(Ask.QUERY, Ask.EXECUTE);
            case BackendTag.COPY_IN_RESPONSE -> copyIn();
            default -> heard();
        }
    }

    private Ask now() {
        if (count == 0) {
            throw new ProtocolViolation("the server answers what nobody has asked");
        }
        return asks[head];
    }

    private void heard() {
        now();
        isAnswered |= !isForProxy();
    }

    private void ended(Ask what) {
        heard();
        if (now() != what) {
            throw new ProtocolViolation("the server answers another question than the one that was asked");
        }
        end(true);
    }

    private void endedUnlessIn(Ask surrounding, Ask what) {
        if (now() == surrounding) {
            heard();
        } else {
            ended(what);
        }
    }

    /**
     * Of the rounds sent ahead, those that come before the copy's end are read by the server as part of the copy; unless a
     * query has begun it, behind which no {@code Sync} is sent ahead but to end what the copy cannot survive.
     */
    private void copyIn() {
        heard();
        isCopyingIn = true;
        boolean isOfQuery = asks[head] == Ask.QUERY;
        int kept = 1;
        int at = 1;
        boolean lostSync = false;
        while (at < count && ask(at) != Ask.COPY_END) {
            boolean isLost = ask(at) == Ask.SYNC && !isOfQuery;
            lostSync |= isLost;
            roundsOpen -= isLost ? 1 : 0;
            if (!isLost) {
                move(at, kept++);
            }
            at++;
        }
        if (at < count) {
            // The copy's end is on its way already.
            isCopyingIn = false;
            at++;
        }
        while (at < count) {
            move(at++, kept++);
        }
        count = kept;
        isUnsynced |= lostSync && roundsOpen == 0;
    }

    /** An {@code ErrorResponse} that does not end the connection. */
    public void error() {
        var failed = now();
        isAnswered |= isErrorForClient();
        isCopyingIn = false;
        if (failed.endsWithReady()) {
            var sequel = sequels[head];
            if (sequel != null) {
                sequel.failed();
            }
            return;
        }
        while (count > 0 && asks[head] != Ask.SYNC) {
            roundsOpen -= isClientsRound() ? 1 : 0;
            end(false);
        }
        isSkipping = count == 0;
        isUnsynced |= isSkipping;
    }

    /** Whether the error that comes now is the client's to know. */
    public boolean isErrorForClient() {
        return !isForProxy() || (parties[head] == Between.PROXY_AND_SERVER && !now().endsWithReady());
    }

    /**
     * A {@code ReadyForQuery}.
     *
     * @throws ProtocolViolation if nobody has asked for that
     */
    public void ready(TransactionStatus now) {
        if (!now().endsWithReady()) {
            throw new ProtocolViolation("the server is ready for another query before it has answered this one");
        }
        status = now;
        isCopyingIn = false;
        roundsOpen -= isClientsRound() ? 1 : 0;
        end(true);
        if (isQuiet()) {
            isAnswered = false;
        }
    }

    private boolean isClientsRound() {
        return asks[head].endsWithReady() && !isProxys(parties[head]);
    }

    private void end(boolean isDone) {
        var sequel = sequels[head];
        sequels[head] = null;
        drop();
        if (sequel != null && isDone) {
            sequel.done();
        } else if (sequel != null) {
            sequel.failed();
        }
        while (count > 0 && asks[head] == Ask.COPY_END) {
            drop();
        }
    }

    private void drop() {
        head = (head + 1) & (asks.length - 1);
        count--;
    }

    private void add(Ask what, Between whom, @Nullable Sequel sequel) {
        if (count == asks.length) {
            grow();
        }
        int at = (head + count) & (asks.length - 1);
        asks[at] = what;
        parties[at] = whom;
        sequels[at] = sequel;
        count++;
        roundsOpen += what.endsWithReady() && !isProxys(whom) ? 1 : 0;
    }

    private void grow() {
        int room = asks.length;
        asks = unrolled(asks, Arrays.copyOf(asks, 2 * room));
        parties = unrolled(parties, Arrays.copyOf(parties, 2 * room));
        sequels = unrolled(sequels, Arrays.copyOf(sequels, 2 * room));
        head = 0;
    }

    private <T extends @Nullable Object> T[] unrolled(T[] from, T[] to) {
        System.arraycopy(from, head, to, 0, from.length - head);
        System.arraycopy(from, 0, to, from.length - head, head);
        return to;
    }

    private Ask ask(int at) {
        return asks[(head + at) & (asks.length - 1)];
    }

    private void move(int from, int to) {
        int source = (head + from) & (asks.length - 1);
        int target = (head + to) & (asks.length - 1);
        asks[target] = asks[source];
        parties[target] = parties[source];
        sequels[target] = sequels[source];
    }

    /** The server takes copy data from the client, and nothing else until the client ends the copy. */
    public boolean isCopyingIn() {
        return isCopyingIn;
    }

    public boolean isQuiet() {
        return count == 0 && !isUnsynced && status == TransactionStatus.IDLE;
    }

    /** Nothing is owed to the client; a transaction may be open. */
    public boolean isAnswering() {
        return count > 0 || isUnsynced;
    }

    public boolean isInTransaction() {
        return status != TransactionStatus.IDLE;
    }

    /** As long as answers are outstanding, one of them may be the error that aborts the transaction. */
    public boolean mayBeAborted() {
        return status == TransactionStatus.FAILED || roundsOpen > 0;
    }

    /** Part of an answer has come since the last quiet moment. */
    public boolean isAnswered() {
        return isAnswered;
    }

    /** How many {@code ReadyForQuery} the client still waits for. */
    public int roundsOpen() {
        return roundsOpen;
    }

    /** The client has yet to send the {@code Sync} that ends its last round. */
    public boolean isUnsynced() {
        return isUnsynced;
    }
}
