package dev.railwaypostgres.postgres.scram;

/** A login to a server that we give up. Never holds a key, a password or a message of the exchange. */
public final class ScramFailure extends RuntimeException {
    private final Reason reason;

    ScramFailure(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        /** The server offers no mechanism that we may use. */
        NO_MECHANISM,
        /** Our key belongs to another verifier than the server's: the password was changed, or it is another server. */
        STALE_KEY,
        /** The server did not prove that it knows the verifier: it is an impostor. */
        IMPOSTOR,
        /** The server said no in SCRAM's own words. */
        REFUSED
    }
}
