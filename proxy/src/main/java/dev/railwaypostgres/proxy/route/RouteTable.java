package dev.railwaypostgres.proxy.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All databases by the names that clients use. An immutable snapshot: a change makes a new table.
 */
public final class RouteTable {
    private final @Nullable String domain;
    private final Map<String, Route> byEndpoint = new HashMap<>();
    private final Map<String, List<Route>> byDatabaseName = new HashMap<>();

    /** @param domain host names below it route by SNI; null: none does */
    public RouteTable(@Nullable String domain, Collection<Route> routes) {
        this.domain = domain;
        for (var route : routes) {
            byEndpoint.merge(route.endpoint(), route, RouteTable::provisioned);
            byDatabaseName
                    .computeIfAbsent(route.databaseName(), _ -> new ArrayList<>())
                    .add(route);
        }
    }

    /** Two may claim one endpoint: the operator makes only the older one, so the other never gets an address. */
    private static Route provisioned(Route one, Route other) {
        return one.address() != null ? one : other;
    }

    /** What a lookup comes to. */
    public sealed interface Found {
        record One(Route route) implements Found {}

        /** No database, or more than one that has the name. */
        record Nothing() implements Found {}

        /** Host name and option contradict each other. */
        record Contradiction() implements Found {}
    }

    /** An endpoint that is named must exist; the database's name is asked only when none is named. */
    public Found find(RouteRequest request) {
        var byHost = request.endpointFromServerName(domain);
        var byOption = Optional.ofNullable(request.endpointOption());
        if (byHost.isPresent() && byOption.isPresent() && !byHost.equals(byOption)) {
            return new Found.Contradiction();
        }
        return found(byOption.or(() -> byHost)
                .map(endpoint -> Optional.ofNullable(byEndpoint.get(endpoint)))
                .orElseGet(() -> onlyOneNamed(request.databaseName())));
    }

    private Optional<Route> onlyOneNamed(String databaseName) {
        var routes = Optional.ofNullable(byDatabaseName.get(databaseName))
                .or(() -> Optional.ofNullable(byDatabaseName.get(Route.ANY_DATABASE)))
                .orElse(List.of());
        return routes.size() == 1 ? Optional.of(routes.getFirst()) : Optional.empty();
    }

    private static Found found(Optional<Route> route) {
        return route.<Found>map(Found.One::new).orElseGet(Found.Nothing::new);
    }

    public Collection<Route> routes() {
        return byEndpoint.values();
    }
}
