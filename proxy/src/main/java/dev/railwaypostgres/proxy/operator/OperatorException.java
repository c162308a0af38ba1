package dev.railwaypostgres.proxy.operator;

/** The operator did not do what it was asked for. */
public sealed class OperatorException extends RuntimeException {
    OperatorException(String message) {
        super(message);
    }

    OperatorException(String message, Throwable cause) {
        super(message, cause);
    }

    /** It knows no such database. */
    public static final class UnknownDatabase extends OperatorException {
        public UnknownDatabase(String message) {
            super(message);
        }
    }

    /** The database has never been ready, so there is nothing to know about it. */
    public static final class NeverReady extends OperatorException {
        public NeverReady(String message) {
            super(message);
        }
    }

    /** It cannot be reached, refuses our token, or is in trouble itself. */
    public static final class Unavailable extends OperatorException {
        public Unavailable(String message) {
            super(message);
        }

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
