package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.Severity;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers a client's messages with an error as Postgres would: a query at once, a batch of the extended protocol at its first
 * message, and then nothing until its {@code Sync}.
 */
final class Rejection {
    /** @param onlyFirst the first query or batch; otherwise all that is held */
    record Order(ProxyFailure failure, boolean onlyFirst, boolean isErrorTold) {
        static Order ofFailedTransaction() {
            return new Order(new ProxyFailure.TransactionFailed(), true, false);
        }
    }

    private final Consumer<BackendMessage> client;
    private final Supplier<TransactionStatus> status;
    private @Nullable Order order;
    private boolean isInBatch;

    /** @param status where the client's transaction stands, if it has one */
    Rejection(Consumer<BackendMessage> client, Supplier<TransactionStatus> status) {
        this.client = client;
        this.status = status;
    }

    void begin(Order now) {
        order = now;
        isInBatch = now.isErrorTold();
    }

    boolean isOn() {
        return order != null;
    }

    Verdict take(byte tag) {
        switch (tag) {
            case FrontendTag.QUERY, FrontendTag.FUNCTION_CALL -> {
                if (!isInBatch) {
                    tellError();
                    endRound();
                }
            }
            case FrontendTag.SYNC -> endRound();
            case FrontendTag.COPY_DATA, FrontendTag.COPY_DONE, FrontendTag.COPY_FAIL -> {
                // Leftovers of a copy that was refused are ignored, as Postgres does.
            }
            default -> {
                if (!isInBatch) {
                    isInBatch = true;
                    tellError();
                }
            }
        }
        return Verdict.DROP;
    }

    /** All that was held is answered; a batch without its {@code Sync} is still to be read to its end. */
    void noMoreHeld() {
        if (!isInBatch) {
            order = null;
        }
    }

    private void tellError() {
        if (order != null) {
            client.accept(error(order.failure()));
        }
    }

    private void endRound() {
        isInBatch = false;
        client.accept(new BackendMessage.ReadyForQuery(status.get()));
        if (order != null && order.onlyFirst()) {
            order = null;
        }
    }

    static BackendMessage error(ProxyFailure failure) {
        return new BackendMessage.ErrorResponse(
                new ErrorFields(Severity.ERROR, failure.sqlState(), failure.clientText(), null, failure.hint()));
    }
}
