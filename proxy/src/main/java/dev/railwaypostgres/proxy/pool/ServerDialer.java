package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.proxy.route.Address;
import java.util.function.Consumer;

/** Makes connections to servers, on the event loop of whoever asks. */
public interface ServerDialer {
    /** @param outcome is called once, later */
    void dial(Address address, LoginRequest login, Consumer<DialOutcome> outcome);

    /**
     * Asks the server to cancel what runs under that key. Best effort, like Postgres' own.
     *
     * @param then runs later, when the request cannot take effect any more, or never will
     */
    void cancel(Address address, CancelKey key, Runnable then);
}
