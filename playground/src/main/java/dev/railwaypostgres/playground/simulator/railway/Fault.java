package dev.railwaypostgres.playground.simulator.railway;

/** What goes wrong with one call. */
public sealed interface Fault {
    /** An HTTP status from something in front of the API; {@code done} says whether the operation was carried out all the same. */
    record Status(int code, boolean done) implements Fault {}

    /** No answer ever comes. */
    record Hangs(boolean done) implements Fault {}

    /** An answer with status 200 and this error; nothing was done. */
    record Refusal(String message) implements Fault {}

    /** The connection time ran out in the gateway, but the operation was carried out. */
    static Fault gatewayTimeoutButDone() {
        return new Status(504, true);
    }
}
