package dev.railwaypostgres.sleep.compute;

/**
 * Why a compute did not do what it was asked for, told apart by what that says about it.
 *
 * <p>A session that has thrown one is of no further use. Messages hold no secret and no text of a statement.
 */
public abstract sealed class ComputeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ComputeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Nobody answers at that address, the answer did not come in time, or the connection broke. */
    public static final class Unreachable extends ComputeException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Postgres is there and starts up or recovers: it will accept logins (57P03, "starting up"). */
    public static final class StartingUp extends ComputeException {
        private static final long serialVersionUID = 1L;

        public StartingUp(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Postgres is there and shuts down: it will accept no login until it has been started anew (57P03). */
    public static final class ShuttingDown extends ComputeException {
        private static final long serialVersionUID = 1L;

        public ShuttingDown(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The password is not the one that Postgres knows (28P01, 28000). */
    public static final class LoginRefused extends ComputeException {
        private static final long serialVersionUID = 1L;

        public LoginRefused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Anything else that Postgres answers with an error. */
    public static final class Failed extends ComputeException {
        private static final long serialVersionUID = 1L;

        public Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
