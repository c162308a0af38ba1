package dev.railwaypostgres.railway;

import java.time.Duration;
import java.util.Optional;

/** Told of every call to Railway, for metrics. Has to be quick, and safe for many threads. */
@FunctionalInterface
public interface CallListener {
    CallListener NONE = call -> {};

    void onCall(Call call);

    /**
     * One call that was made, or that gave up waiting for its turn.
     *
     * @param operation the name of the GraphQL operation
     * @param queued how long it waited for its turn
     * @param took how long Railway took; zero when it never got its turn
     */
    record Call(
            String operation, Priority priority, Duration queued, Duration took, Optional<RailwayException> failure) {}
}
