package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.RouteSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** All databases in one Postgres, which never changes its place. */
record FixedRoutes(Address server, Route.Readiness readiness) implements RouteSource {
    private static final int CLIENTS = 12_000;

    @Override
    public void start(Consumer<Collection<Route>> listener) {
        List<Route> routes = Database.all().stream().map(this::route).toList();
        listener.accept(routes);
    }

    private Route route(Database database) {
        var size = new PoolPolicy.Size(database.servers(), 0, Duration.ofSeconds(5), CLIENTS);
        return new Route(
                new DatabaseRef(OperatorStandIn.NAMESPACE, database.name()),
                database.name(),
                database.name(),
                readiness,
                server,
                false,
                PoolPolicy.defaults().with(database.mode()).with(size));
    }

    @Override
    public boolean isSynced() {
        return true;
    }

    @Override
    public void close() {}
}
