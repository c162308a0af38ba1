package dev.railwaypostgres.railway;

import java.time.Duration;

/**
 * What can go wrong with Railway, told apart by what is to be done about it.
 *
 * <p>The message is Railway's own sentence with the operation and, for a question to its support, the trace id. It never
 * has a token or the value of a variable in it.
 */
public abstract sealed class RailwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RailwayException(String message) {
        super(message);
    }

    /**
     * Railway or the way to it stumbled: try again later. What was asked for may have been done all the same, so look
     * before repeating a create.
     */
    public static final class Transient extends RailwayException {
        private static final long serialVersionUID = 1L;

        public Transient(String message) {
            super(message);
        }

        public Transient(String message, Throwable cause) {
            super(message);
            initCause(cause);
        }
    }

    /** Too many calls, or too many creates: nothing was done, try again after the given time. */
    public static final class RateLimited extends RailwayException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        public RateLimited(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** There is no such thing; or it was created less than a minute and a half ago and is not visible yet. */
    public static final class NotFound extends RailwayException {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message);
        }
    }

    /**
     * Railway says "Not Authorized": to a wrong token, but also to the id of a deleted thing, to the wrong kind of id and
     * to a token's first look at a new project. So it proves nothing to be gone.
     */
    public static final class Unauthorized extends RailwayException {
        private static final long serialVersionUID = 1L;

        public Unauthorized(String message) {
            super(message);
        }
    }

    /** The token itself is refused: revoked, expired or none at all. Only another token helps. */
    public static final class TokenRefused extends RailwayException {
        private static final long serialVersionUID = 1L;

        public TokenRefused(String message) {
            super(message);
        }

        public TokenRefused(Unauthorized cause) {
            super(String.valueOf(cause.getMessage()));
            initCause(cause);
        }
    }

    /** Something of that name is there already: ours from an earlier try, or somebody else's. */
    public static final class AlreadyExists extends RailwayException {
        private static final long serialVersionUID = 1L;

        public AlreadyExists(String message) {
            super(message);
        }
    }

    /** The plan, a quota or a spending limit does not allow it; a person has to change that. */
    public static final class LimitReached extends RailwayException {
        private static final long serialVersionUID = 1L;

        public LimitReached(String message) {
            super(message);
        }
    }

    /** Railway understood and refuses: the same call will fail again. */
    public static final class Rejected extends RailwayException {
        private static final long serialVersionUID = 1L;

        public Rejected(String message) {
            super(message);
        }
    }
}
