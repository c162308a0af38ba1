package dev.railwaypostgres.proxy.route;

import java.util.Collection;
import java.util.function.Consumer;

/** Feeds the route table. */
public interface RouteSource extends AutoCloseable {
    /**
     * Begins to feed; returns at once, and goes on through any trouble of its own.
     *
     * @param listener gets all routes each time one has changed; called by one thread at a time
     */
    void start(Consumer<Collection<Route>> listener);

    /** All routes have been seen once; until then an unknown name may only be a late one. */
    boolean isSynced();

    @Override
    void close();
}
