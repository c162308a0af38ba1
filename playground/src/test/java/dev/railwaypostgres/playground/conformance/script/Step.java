package dev.railwaypostgres.playground.conformance.script;

import dev.railwaypostgres.postgres.Bytes;
import java.util.Locale;
import java.util.Map;

/** One line of a script: what a client does, or what happens to the server. */
public sealed interface Step {
    /** What a client does. Its first step connects it, if that is not what the step does. */
    sealed interface OfClient extends Step {
        String client();
    }

    /** @param parameters of the startup packet, beside the usual ones */
    record Connect(String client, Map<String, String> parameters) implements OfClient {
        public Connect {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Goes out together with the client's next steps of this kind. */
    record Send(String client, Bytes message) implements OfClient {}

    /** @param message waited for; {@code end}: the connection's */
    record Await(String client, String message) implements OfClient {}

    /** Sends only so many bytes of what has not gone out yet. */
    record Write(String client, int bytes) implements OfClient {}

    /**
     * From another connection.
     *
     * @param isEntitled has the right key
     */
    record Cancel(String client, boolean isEntitled) implements OfClient {}

    /** @param way that the client goes */
    record Leave(String client, Way way) implements OfClient {}

    enum Way {
        /** With a {@code Terminate}, after which it listens to the end. */
        TERMINATE,
        CLOSE,
        RESET,
        /** Stays to listen. */
        HALF_CLOSE;

        static Way named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** A superuser does something. */
    record Administer(String statement) implements Step {}

    /** Until the statement says {@code true} to a superuser. */
    record Until(String statement) implements Step {}

    /** The database is put to sleep, which no session hinders; with Postgres alone nothing happens. */
    record Suspend() implements Step {}

    /** The database is to be put to sleep, and a session holds it awake. */
    record Hold(String reason) implements Step {}

    /** The database has not been woken since the beginning, if it slept then. */
    record StayAsleep() implements Step {}

    /** All connections from the proxy to Postgres break. */
    record Cut() implements Step {}

    /** All connections from the proxy to Postgres are ended by Postgres. */
    record Terminate() implements Step {}
}
