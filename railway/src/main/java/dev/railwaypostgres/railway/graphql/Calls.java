package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.Backoff;
import dev.railwaypostgres.railway.CallListener;
import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.RailwayException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes calls: each in its turn, reads up to three times, and tells the listener of all. */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final int TRIES = 3;

    private final GraphQlTransport transport;
    private final RateBudget budget;
    private final Backoff retry;
    private final CallListener listener;

    Calls(GraphQlTransport transport, RateBudget budget, Backoff retry, CallListener listener) {
        this.transport = transport;
        this.budget = budget;
        this.retry = retry;
        this.listener = listener;
    }

    <T> T make(Operation<T> operation, Object variables, CallTerms terms) {
        Duration pause = Duration.ZERO;
        for (int tries = 1; ; tries++) {
            try {
                return once(operation, variables, terms, pause);
            } catch (RailwayException.Transient stumbled) {
                if (operation.effect() != Operation.Effect.READ
                        || tries == TRIES
                        || Thread.currentThread().isInterrupted()) {
                    throw stumbled;
                }
                pause = retry.after(tries, RandomGenerator.getDefault());
            }
        }
    }

    /** Waits for a turn without making a call, for what goes to Railway by another way. */
    void awaitTurn(CallTerms terms, Duration pause) {
        try {
            budget.acquire(terms, pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RailwayException.Transient("Interrupted while waiting for a turn", interrupted);
        }
    }

    private <T> T once(Operation<T> operation, Object variables, CallTerms terms, Duration pause) {
        long asked = System.nanoTime();
        long started = asked;
        Optional<RailwayException> failure = Optional.empty();
        try {
            awaitTurn(terms, pause);
            started = System.nanoTime();
            return transport.exchange(operation, variables);
        } catch (RailwayException failed) {
            failure = Optional.of(failed);
            throw failed;
        } finally {
            long ended = System.nanoTime();
            long turn = started == asked ? ended : started;
            report(new CallListener.Call(
                    operation.name(),
                    terms.priority(),
                    Duration.ofNanos(turn - asked),
                    Duration.ofNanos(ended - turn),
                    failure));
        }
    }

    private void report(CallListener.Call call) {
        LOG.atDebug()
                .addKeyValue("operation", call.operation())
                .addKeyValue("priority", call.priority())
                .addKeyValue("queued", call.queued())
                .addKeyValue("took", call.took())
                .addKeyValue(
                        "failure", call.failure().map(Throwable::getMessage).orElse(""))
                .log("Railway was called");
        listener.onCall(call);
    }
}
