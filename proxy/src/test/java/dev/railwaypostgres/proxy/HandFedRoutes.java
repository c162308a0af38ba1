package dev.railwaypostgres.proxy;

import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.RouteSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Routes as the test says. */
public final class HandFedRoutes implements RouteSource {
    private Consumer<Collection<Route>> listener = _ -> {};
    private List<Route> routes;

    public HandFedRoutes(Route... routes) {
        this.routes = List.of(routes);
    }

    @Override
    public synchronized void start(Consumer<Collection<Route>> to) {
        listener = to;
        to.accept(routes);
    }

    public synchronized void feed(Route... now) {
        routes = List.of(now);
        listener.accept(routes);
    }

    @Override
    public boolean isSynced() {
        return true;
    }

    @Override
    public void close() {}
}
