package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.ErrorFields;

/** Why replication does not go on. The connection is of no more use, unless it was {@link Refused} with an error. */
public abstract sealed class ReplicationFailure extends RuntimeException {
    private ReplicationFailure(String message, Throwable cause) {
        super(message, cause);
    }

    private ReplicationFailure(String message) {
        super(message);
    }

    /** No connection, its end, silence, or an impossible message. Another attempt may succeed. */
    public static final class Lost extends ReplicationFailure {
        Lost(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The server is not who it should be, or offers no login that proves it. Nothing secret was told to it. */
    public static final class Distrusted extends ReplicationFailure {
        Distrusted(String message, Throwable cause) {
            super(message, cause);
        }

        Distrusted(String message) {
            super(message);
        }
    }

    /** The server said no. */
    public static final class Refused extends ReplicationFailure {
        private final ErrorFields fields;

        Refused(ErrorFields fields) {
            super("%s (SQLSTATE %s)".formatted(fields.message(), fields.sqlState()));
            this.fields = fields;
        }

        /** In the server's own words. */
        public ErrorFields fields() {
            return fields;
        }

        public Reason reason() {
            return Reason.of(fields);
        }
    }
}
