package dev.railwaypostgres.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsAnEndpointWithTheDatabaseThatHasIt(boolean newcomerLast) {
        var settled = route(new DatabaseRef("c", "a-b"), new Address("10.0.0.1", 5432));
        var newcomer = route(new DatabaseRef("b-c", "a"), null);
        var routes = newcomerLast ? List.of(settled, newcomer) : List.of(newcomer, settled);
        assertThat(new RouteTable(null, routes).find(new RouteRequest(null, "a-b-c", "app")))
                .isEqualTo(new RouteTable.Found.One(settled));
    }

    private static Route route(DatabaseRef database, @Nullable Address address) {
        return new Route(
                database, "app", database.endpoint(), Route.Readiness.UNKNOWN, address, false, Route.Limits.defaults());
    }
}
