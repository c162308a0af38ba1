package dev.railwaypostgres.proxy.failure;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a client does not get what it asked for. The texts are for the people behind the client and name no host, no token
 * and nothing of Railway's. SQLSTATEs are those that drivers already act upon (appendix A of Postgres' manual).
 */
public sealed interface ProxyFailure {
    SqlState sqlState();

    /** One sentence in Postgres' manner: no capital, no full stop. */
    String clientText();

    /** What the client's owner can do about it. */
    default @Nullable String hint() {
        return null;
    }

    /** The same request may succeed later, unchanged. */
    default boolean isRetryable() {
        return false;
    }

    /** One word for logs and metrics. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** The same text for a name that does not exist and for one that is not to be known. */
    record UnknownDatabase(String name) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.UNKNOWN_DATABASE;
        }

        @Override
        public String clientText() {
            return "database \"" + name + "\" does not exist";
        }

        @Override
        public String hint() {
            return "Name the endpoint by the host name (TLS with SNI), by options=endpoint=<name>,"
                    + " or by a database name that only one database here has.";
        }
    }

    /** Two ways of naming the endpoint, and they differ. */
    record InconsistentEndpoint() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.INVALID_AUTHORIZATION;
        }

        @Override
        public String clientText() {
            return "the host name and options=endpoint name different endpoints";
        }
    }

    /** Wrong password and unknown role alike. */
    record WrongPassword(String role) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.INVALID_PASSWORD;
        }

        @Override
        public String clientText() {
            return "password authentication failed for user \"" + role + "\"";
        }
    }

    record TlsRequired() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.INVALID_AUTHORIZATION;
        }

        @Override
        public String clientText() {
            return "this server requires encryption";
        }

        @Override
        public String hint() {
            return "Connect with sslmode=require or stricter.";
        }
    }

    record ClientCertificateRequired() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.INVALID_AUTHORIZATION;
        }

        @Override
        public String clientText() {
            return "connection requires a valid client certificate";
        }
    }

    /** Its password was right. */
    record RoleMayNotLogIn(String role) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.INVALID_AUTHORIZATION;
        }

        @Override
        public String clientText() {
            return "role \"" + role + "\" is not permitted to log in";
        }
    }

    /** The password may have been right: what is known of the role was old, and is new now. */
    record RoleChanged(String role) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.CANNOT_CONNECT_NOW;
        }

        @Override
        public String clientText() {
            return "role \"" + role + "\" was changed a moment ago";
        }

        @Override
        public String hint() {
            return "Try again.";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** Too many wrong passwords came from the client's address. */
    record TooManyFailedLogins(Duration tryAgainIn) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.CONFIGURATION_LIMIT_EXCEEDED;
        }

        @Override
        public String clientText() {
            return "too many failed logins from this address";
        }

        @Override
        public String hint() {
            return "Try again in " + (tryAgainIn.toSeconds() + 1) + " s.";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /**
     * Bytes that the protocol forbids.
     *
     * @param isUnspoken Postgres closes the connection without a word then
     */
    record Violation(SqlState sqlState, String clientText, boolean isUnspoken) implements ProxyFailure {
        public static Violation of(ProtocolViolation violation) {
            return new Violation(violation.sqlState(), String.valueOf(violation.getMessage()), violation.isUnspoken());
        }
    }

    /** Asked for something of Postgres that does not go through a proxy. */
    record Unsupported(String clientText) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.FEATURE_NOT_SUPPORTED;
        }
    }

    record TooManyClients(int limit) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.TOO_MANY_CONNECTIONS;
        }

        @Override
        public String clientText() {
            return "sorry, too many clients already (" + limit + ")";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** Postgres' own words for a role's {@code CONNECTION LIMIT}. */
    record TooManyClientsOfRole(String role, int limit) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.TOO_MANY_CONNECTIONS;
        }

        @Override
        public String clientText() {
            return "too many connections for role \"" + role + "\"";
        }

        @Override
        public String hint() {
            return "maxClients of this role in spec.pooling.roles is " + limit + ".";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** All server connections stayed in use for as long as a client may wait. */
    record QueueTimedOut(Duration waited) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.TOO_MANY_CONNECTIONS;
        }

        @Override
        public String clientText() {
            return "no server connection became free within " + waited.toSeconds() + " s";
        }

        @Override
        public String hint() {
            return "Raise spec.pooling.poolSize, or end sessions that keep a server connection.";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    record WakeTimedOut(Duration waited) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.CANNOT_CONNECT_NOW;
        }

        @Override
        public String clientText() {
            return "the database did not wake up within " + waited.toSeconds() + " s";
        }

        @Override
        public String hint() {
            return "The session is still good: try the statement again.";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** Its owner has said {@code spec.suspend.suspended: true}. */
    record PutToSleep() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.CANNOT_CONNECT_NOW;
        }

        @Override
        public String clientText() {
            return "the database is suspended by its owner";
        }

        @Override
        public String hint() {
            return "It wakes again once spec.suspend.suspended is taken back.";
        }
    }

    /** It was created a moment ago, or nothing is known of it at the moment. */
    record NotReadyYet() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.CANNOT_CONNECT_NOW;
        }

        @Override
        public String clientText() {
            return "the database is not ready to accept connections yet";
        }

        @Override
        public String hint() {
            return "Try again in a few seconds.";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** An administrator has paused the database for longer than a client waits. */
    record Paused(Duration waited) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.CANNOT_CONNECT_NOW;
        }

        @Override
        public String clientText() {
            return "the database has been paused by an administrator for " + waited.toSeconds() + " s";
        }

        @Override
        public String hint() {
            return "The session is still good: try the statement again.";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** An administrator lets nobody in. */
    record Disabled(String name) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE;
        }

        @Override
        public String clientText() {
            return "database \"" + name + "\" is not currently accepting connections";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** An administrator has ended the session; Postgres' own words. */
    record Killed() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.ADMIN_SHUTDOWN;
        }

        @Override
        public String clientText() {
            return "terminating connection due to administrator command";
        }
    }

    /** There is no such database any more. */
    record DatabaseDeleted() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.ADMIN_SHUTDOWN;
        }

        @Override
        public String clientText() {
            return "terminating connection because the database was deleted";
        }
    }

    /** The console does not do what it was told. */
    record ConsoleRefusal(SqlState sqlState, String clientText) implements ProxyFailure {}

    record ShuttingDown() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.ADMIN_SHUTDOWN;
        }

        @Override
        public String clientText() {
            return "terminating connection because the proxy shuts down";
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** A statement of a transaction that no server knows of could not run; Postgres' own words. */
    record TransactionFailed() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.IN_FAILED_SQL_TRANSACTION;
        }

        @Override
        public String clientText() {
            return "current transaction is aborted, commands ignored until end of transaction block";
        }
    }

    /** Silent for longer than its database's owner allows. */
    record IdleForTooLong(Duration limit) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.IDLE_SESSION_TIMEOUT;
        }

        @Override
        public String clientText() {
            return "terminating connection due to idle-session timeout";
        }

        @Override
        public String hint() {
            return "spec.pooling.clientIdleTimeout is " + limit.toSeconds() + " s.";
        }
    }

    /** Silent within a transaction for longer than its database's owner allows. */
    record IdleInTransactionForTooLong(Duration limit) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.IDLE_IN_TRANSACTION_SESSION_TIMEOUT;
        }

        @Override
        public String clientText() {
            return "terminating connection due to idle-in-transaction timeout";
        }

        @Override
        public String hint() {
            return "spec.pooling.idleInTransactionTimeout is " + limit.toSeconds() + " s.";
        }
    }

    record Cancelled() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.QUERY_CANCELED;
        }

        @Override
        public String clientText() {
            return "canceling statement due to user request";
        }
    }

    /** The server connection ended under a statement before any answer, outside a transaction. The session goes on. */
    record StatementLost() implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.ADMIN_SHUTDOWN;
        }

        @Override
        public String clientText() {
            return "the server connection was closed before the statement was answered";
        }

        @Override
        public String hint() {
            return "The session is still good; whether the statement took effect is not known.";
        }
    }

    /** The server connection ended, and with it something that the client relies on. The session ends too. */
    record SessionLost(String whatWasLost) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.ADMIN_SHUTDOWN;
        }

        @Override
        public String clientText() {
            return "terminating connection because the server connection was closed with " + whatWasLost;
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** The server itself refused the login, in its own words. */
    record RefusedByServer(ErrorFields fields) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return fields.sqlState();
        }

        @Override
        public String clientText() {
            return fields.message();
        }

        @Override
        public @Nullable String hint() {
            return fields.hint();
        }
    }

    /** What answers at the database's address is not a Postgres that we may trust with a login. */
    record UntrustedServer(String reason) implements ProxyFailure {
        @Override
        public SqlState sqlState() {
            return SqlState.CONNECTION_FAILURE;
        }

        @Override
        public String clientText() {
            return "the server could not be verified";
        }
    }
}
