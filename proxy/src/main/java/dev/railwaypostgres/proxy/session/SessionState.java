package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.proxy.park.ParkBlocker;
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
 *      | gives its server back,             .---------.                        | the session stays
 *      | or the server is gone              | Leasing |----------------------->|
 *      | and nothing with it                '---------'                        |
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
            return new Parked();
        }
    }

    /** Logged in and quiet, without a server connection. The database may sleep. */
    record Parked() implements SessionState {
        Leasing toLeasing() {
            return new Leasing();
        }
    }

    /** Holds work and has asked for a server connection. */
    record Leasing() implements SessionState {
        Waking toWaking() {
            return new Waking();
        }

        Relaying toRelaying() {
            return Relaying.working();
        }

        Parked toParked() {
            return new Parked();
        }
    }

    /** Holds work, and knows that the database has to wake up first: the client is told every few seconds. */
    record Waking() implements SessionState {
        Relaying toRelaying() {
            return Relaying.working();
        }

        Parked toParked() {
            return new Parked();
        }
    }

    /**
     * Owns a server connection.
     *
     * @param isBusy something is unanswered, or a transaction is open
     * @param blocker what the server connection holds that cannot be made again, when quiet
     * @param farewell who waits for this session to give its server connection back
     */
    record Relaying(boolean isBusy, @Nullable ParkBlocker blocker, Farewell farewell) implements SessionState {
        static Relaying working() {
            return new Relaying(true, null, Farewell.NONE);
        }

        Relaying toBusy() {
            return isBusy ? this : new Relaying(true, blocker, farewell);
        }

        Relaying toQuiet(@Nullable ParkBlocker found) {
            return new Relaying(false, found, farewell);
        }

        Relaying toAwaited(Farewell by) {
            return new Relaying(isBusy, blocker, by);
        }

        Leasing toLeasing() {
            return new Leasing();
        }

        Parked toParked() {
            return new Parked();
        }

        boolean canPark() {
            return !isBusy && blocker == null;
        }

        /** What keeps the database awake on this session's behalf. */
        @Nullable
        ParkBlocker reasonToStay() {
            return isBusy ? ParkBlocker.OPEN_WORK : blocker;
        }
    }

    /** Over. Whatever still arrives is too late. */
    record Closed() implements SessionState {}

    /** Who waits for a session's server connection, the most patient first. */
    enum Farewell {
        NONE,
        /** Another client waits for a free one. */
        QUEUE,
        /** The database wants to sleep. */
        SUSPEND,
        /** The proxy shuts down. */
        DRAIN
    }

    default Closed toClosed() {
        return new Closed();
    }
}
