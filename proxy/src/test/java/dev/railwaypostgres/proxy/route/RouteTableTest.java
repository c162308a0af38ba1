package dev.railwaypostgres.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.proxy.route.RouteTable.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final Route ORDERS = route("orders", "shop", "app");
    private static final Route STOCK = route("stock", "shop", "app");
    private static final Route WIKI = route("wiki", "docs", "wiki");

    private final RouteTable table = new RouteTable("db.example", List.of(ORDERS, STOCK, WIKI));

    private static Route route(String name, String namespace, String databaseName) {
        var database = new DatabaseRef(namespace, name);
        return new Route(
                database, databaseName, database.endpoint(), Route.Readiness.AWAKE, null, false, PoolPolicy.defaults());
    }

    private Found find(@Nullable String serverName, @Nullable String option, String databaseName) {
        return table.find(new RouteRequest(serverName, option, databaseName));
    }

    @Test
    void findsByHostName() {
        assertThat(find("orders-shop.db.example", null, "x")).isEqualTo(new Found.One(ORDERS));
    }

    @Test
    void findsByHostNameInAnySpelling() {
        assertThat(find("Orders-Shop.DB.example.", null, "x")).isEqualTo(new Found.One(ORDERS));
    }

    @Test
    void findsByOption() {
        assertThat(find(null, "stock-shop", "x")).isEqualTo(new Found.One(STOCK));
    }

    @Test
    void findsByAUniqueDatabaseName() {
        assertThat(find(null, null, "wiki")).isEqualTo(new Found.One(WIKI));
    }

    @Test
    void findsByDatabaseNameBehindAForeignHostName() {
        assertThat(find("10.0.0.1", null, "wiki")).isEqualTo(new Found.One(WIKI));
    }

    @Test
    void findsNothingByADatabaseNameThatTwoHave() {
        assertThat(find(null, null, "app")).isEqualTo(new Found.Nothing());
    }

    @Test
    void findsNothingWhenTheNamedEndpointIsUnknownWhateverTheDatabaseName() {
        assertThat(find("else.db.example", null, "wiki")).isEqualTo(new Found.Nothing());
    }

    @Test
    void refusesAContradiction() {
        assertThat(find("orders-shop.db.example", "stock-shop", "app")).isEqualTo(new Found.Contradiction());
    }

    @Test
    void acceptsTheSameEndpointNamedTwice() {
        assertThat(find("orders-shop.db.example", "orders-shop", "app")).isEqualTo(new Found.One(ORDERS));
    }
}
