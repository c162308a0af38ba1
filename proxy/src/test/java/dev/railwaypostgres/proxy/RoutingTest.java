package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.startup.DirectTls;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The three ways to a database, over real TLS. */
class RoutingTest {
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void routesByHostName() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt("orders-shop.db.test");
            client.startup(Map.of("user", "app", "database", "other"));
            client.authenticate(FakeServer.PASSWORD);
            assertThat(client.query("SELECT now")).contains("TDCZ");
        }
        assertThat(fixture.server.sessions.getFirst().settings).containsEntry("database", "other");
    }

    @Test
    void routesByHostNameOverDirectTls() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.startTls("orders-shop.db.test", DirectTls.ALPN_PROTOCOL);
            client.startup(Map.of("user", "app", "database", "app"));
            client.authenticate(FakeServer.PASSWORD);
            assertThat(client.query("SELECT now")).contains("TDCZ");
        }
    }

    @Test
    void routesByOptionAndKeepsTheOptionToItself() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt(null);
            client.startup(
                    Map.of("user", "app", "database", "other", "options", "endpoint=orders-shop -c search_path=a\\ b"));
            client.authenticate(FakeServer.PASSWORD);
            assertThat(client.query("SELECT now")).contains("TDCZ");
        }
        assertThat(fixture.server.sessions.getFirst().settings).containsEntry("options", "-c search_path=a\\ b");
    }

    @Test
    void refusesTwoDifferentEndpoints() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt("orders-shop.db.test");
            client.startup(Map.of("user", "app", "database", "app", "options", "endpoint=else"));
            assertThatThrownBy(() -> client.authenticate(FakeServer.PASSWORD)).hasMessage("28000");
        }
    }
}
