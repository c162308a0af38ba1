package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.proxy.park.Pin;
import org.jspecify.annotations.Nullable;

/**
 * Where one client's session stands. A client connection outlives its server connections: that is the point of it all.
 *
 * <pre>{@code
 *            accept
 *              |
 *              v
 *         .---------.   startup packet   .----------------.
 *         | Started |------------------->| Authenticating |
 *         '---------'                    '----------------'
 *                                                | the proof is right; nothing wakes
 *                                                v
 *      .------------------------------------>.--------.
 *      |                                     | Parked |<-----------------------.
 *      |                                     '--------'                        |
 *      |                                         | work that needs data        | refused, cancelled
 *      |                                         v                             | or timed out: one error,
 *      | its work is done and               .---------.                        | the session stays
 *      | nothing pins it, or the            | Leasing |----------------------->|
 *      | server is gone                     '---------'                        |
 *      |                      a server is there |   | the database sleeps      |
 *      |                                        |   v                          |
 *      |                                        | .--------.                   |
 *      |                                        | | Waking |------------------>'
 *      |                                        | '--------'
 *      |                                        v   | a server is there
 *      |                                   .----------.
 *      '-----------------------------------| Relaying |
 *                                          '----------'
 *
 *      from every state: the client leaves, the drain ends, or the server takes what cannot be replaced  --> Closed
 * }</pre>
 *
 * <p>Each record has a {@code to…()} step for every arrow that leaves it, so an arrow that is not drawn does not compile.
 * Which arrow is taken when is {@link SessionMachine}'s to say.
 */
public sealed interface SessionState {

    /** Connected; encryption and the startup packet are being settled. Costs nothing and wakes nothing. */
    record Started() implements SessionState {
        Authenticating toAuthenticating() {
            return new Authenticating();
        }
    }

    /** The client proves who it is, against verifiers that are known here. */
    record Authenticating() implements SessionState {
        Parked toParked() {
            return Parked.IT;
        }
    }

    /** Logged in and quiet, without a server connection. The database may sleep. */
    record Parked() implements SessionState {
        static final Parked IT = new Parked();

        Leasing toLeasing() {
            return Leasing.IT;
        }
    }

    /** Holds work and has asked for a server connection. */
    record Leasing() implements SessionState {
        static final Leasing IT = new Leasing();

        Waking toWaking() {
            return new Waking();
        }

        Relaying toRelaying() {
            return Relaying.working();
        }

        Parked toParked() {
            return Parked.IT;
        }
    }

    /** Holds work, and knows that the database has to wake up first: the client is told every few seconds. */
    record Waking() implements SessionState {
        Relaying toRelaying() {
            return Relaying.working();
        }

        Parked toParked() {
            return Parked.IT;
        }
    }

    /**
     * Owns a server connection: for as long as it works, or is pinned to it.
     *
     * @param isBusy something is unanswered, or a transaction is open
     * @param pin what the server connection holds that cannot be made again, when quiet
     * @param isInDoubt the pin is a suspicion, and the server can be asked
     * @param farewell who waits for this session to give its server connection back
     */
    record Relaying(boolean isBusy, @Nullable Pin pin, boolean isInDoubt, Farewell farewell) implements SessionState {
        private static final Relaying WORKING = new Relaying(true, null, false, Farewell.NONE);

        static Relaying working() {
            return WORKING;
        }

        Relaying toBusy() {
            return isBusy ? this : new Relaying(true, pin, isInDoubt, farewell);
        }

        Relaying toQuiet(@Nullable Pin found, boolean isDoubtful) {
            return new Relaying(false, found, isDoubtful, farewell);
        }

        Relaying toAwaited(Farewell by) {
            return farewell == by ? this : new Relaying(isBusy, pin, isInDoubt, by);
        }

        Leasing toLeasing() {
            return Leasing.IT;
        }

        Parked toParked() {
            return Parked.IT;
        }

        /** What keeps the database awake on this session's behalf. */
        @Nullable
        Pin reasonToStay() {
            if (isBusy) {
                return Pin.OPEN_WORK;
            }
            return pin == null || pin.outlivesServer() ? null : pin;
        }
    }

    /** Over. Whatever still arrives is too late. */
    record Closed() implements SessionState {}

    /** Who waits for a session's server connection, the most patient first. */
    enum Farewell {
        NONE,
        /** Another client waits for a free one: pins that are suspicions only are looked into. */
        QUEUE,
        /** An administrator has paused the database. */
        PAUSE,
        /** The database wants to sleep. */
        SUSPEND,
        /** The proxy shuts down. */
        DRAIN
    }

    default Closed toClosed() {
        return new Closed();
    }
}
