package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Databases that change while clients are there. */
class RouteChangeTest {
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private RawClient client() throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.logIn();
        return client;
    }

    @Test
    void aPoolThatShrinksServesWhoeverIsThere() throws Exception {
        fixture.pooling(ProxyFixture.limits(3, 100, Duration.ofSeconds(10)), Readiness.AWAKE);
        try (var one = client();
                var two = client();
                var three = client()) {
            for (var client : new RawClient[] {one, two, three}) {
                client.query("BEGIN");
                client.query("SELECT within");
            }
            fixture.pooling(ProxyFixture.limits(1, 100, Duration.ofSeconds(10)), Readiness.AWAKE);
            for (var client : new RawClient[] {one, two, three}) {
                assertThat(client.query("COMMIT")).isEqualTo("CZ");
            }
            for (var client : new RawClient[] {one, two, three}) {
                assertThat(client.query("SELECT afterwards")).isEqualTo("TDCZ");
            }
            Eventually.holds("one server connection is left at most", () -> fixture.server.open() <= 1);
        }
    }

    @Test
    void aPoolThatGrowsServesThoseWhoWait() throws Exception {
        fixture.pooling(ProxyFixture.limits(1, 100, Duration.ofSeconds(10)), Readiness.AWAKE);
        try (var one = client();
                var two = client()) {
            one.query("BEGIN");
            one.query("SELECT within");
            two.sendQuery("SELECT waiting");
            fixture.pooling(ProxyFixture.limits(2, 100, Duration.ofSeconds(10)), Readiness.AWAKE);
            assertThat(two.answer()).isEqualTo("TDCZ");
        }
    }

    @Test
    void aDatabaseThatIsDeletedLetsARunningTransactionEndAndKeepsNobodyElse() throws Exception {
        try (var busy = client();
                var quiet = client()) {
            busy.query("BEGIN");
            busy.query("SELECT within");
            quiet.query("SELECT first");
            fixture.routes.feed();
            assertThat(quiet.readError()).isEqualTo("57P01");
            assertThat(busy.query("SELECT still within")).isEqualTo("TDCZ");
            assertThat(busy.query("COMMIT")).isEqualTo("CZ");
            assertThat(busy.readError()).isEqualTo("57P01");
        }
        Eventually.holds("no server connection is left", () -> fixture.server.open() == 0);
        try (var late = new RawClient(fixture.proxy.port())) {
            late.encrypt(null);
            late.startup(Map.of("user", FakeServer.ROLE, "database", "app"));
            assertThat(late.readError()).isEqualTo("3D000");
        }
    }
}
