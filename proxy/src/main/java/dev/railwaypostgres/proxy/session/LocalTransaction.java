package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.TransactionStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that a client has begun and that no server knows of yet: it begins there with its first statement. One that
 * never gets that far costs nothing and wakes nothing.
 */
final class LocalTransaction {
    private TransactionStatus status = TransactionStatus.IDLE;
    private @Nullable String beginning;

    /** What the client believes, unless a server says otherwise. */
    TransactionStatus status() {
        return status;
    }

    boolean isOpen() {
        return status != TransactionStatus.IDLE;
    }

    /** @param statement begins it on a server */
    void begin(String statement) {
        status = TransactionStatus.IN_TRANSACTION;
        beginning = statement;
    }

    /** A statement in it got no server: Postgres would ignore all that comes until the end. */
    void fail() {
        if (isOpen()) {
            status = TransactionStatus.FAILED;
            beginning = null;
        }
    }

    boolean hasFailed() {
        return status == TransactionStatus.FAILED;
    }

    void end() {
        status = TransactionStatus.IDLE;
        beginning = null;
    }

    /** It becomes a server's: what begins it there. */
    Optional<String> handOver() {
        var statement = Optional.ofNullable(beginning);
        end();
        return statement;
    }
}
