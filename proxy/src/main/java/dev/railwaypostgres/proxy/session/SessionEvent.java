package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.park.Pin;
import dev.railwaypostgres.proxy.session.SessionState.Farewell;
import org.jspecify.annotations.Nullable;

/** What happens to a session. Any event may come in any state, since the world does not know where the session stands. */
public sealed interface SessionEvent {
    /** The startup packet is read and the database it names exists. */
    record StartupRead() implements SessionEvent {}

    /** The client has proved who it is. */
    record LoggedIn() implements SessionEvent {}

    /** The client has sent what only the server can answer. */
    record WorkArrived() implements SessionEvent {
        static final WorkArrived IT = new WorkArrived();
    }

    /** A server connection is needed without any work: to go on listening. */
    record ServerNeeded() implements SessionEvent {}

    /**
     * Everything sent is answered, and no transaction is open.
     *
     * @param pin what keeps the session at its server connection; null: nothing
     * @param isInDoubt the pin is a suspicion, and the server can be asked
     */
    record WorkDone(@Nullable Pin pin, boolean isInDoubt) implements SessionEvent {
        static final WorkDone FREE = new WorkDone(null, false);
    }

    /** The pool has to wake the database before it can lease a server connection. */
    record DatabaseAsleep() implements SessionEvent {}

    /** The pool has leased a server connection; the session's settings and statements are on it. */
    record ServerLeased() implements SessionEvent {}

    /** The pool gives up. */
    record ServerRefused(ProxyFailure failure) implements SessionEvent {}

    /** Somebody waits for the server connection; {@code NONE}: nobody does any more. */
    record ServerWanted(Farewell by) implements SessionEvent {}

    /** The server connection has ended by itself. */
    record ServerLost(Loss loss) implements SessionEvent {}

    /** Another connection with the right key asks to cancel what runs. */
    record CancelAsked() implements SessionEvent {}

    /** The time for a patient end is over. A second one ends patience with open work too. */
    record DrainEnded() implements SessionEvent {}

    /** The session must end, and the client is told why. */
    record Dismissed(ProxyFailure why) implements SessionEvent {}

    /** The client has said goodbye, or its connection is gone, or it must be sent away without a word. */
    record ClientLeft() implements SessionEvent {}

    /** How far a statement had come when its server connection ended. */
    enum Loss {
        /** Surely not begun, and still held here: it may go to another server. */
        NOT_BEGUN,
        /** Outside a transaction, and no byte of an answer was seen. */
        UNANSWERED,
        /** In a transaction, or answered in part. */
        ANSWERED
    }
}
