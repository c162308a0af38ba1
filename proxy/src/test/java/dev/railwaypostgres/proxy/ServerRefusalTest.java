package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that do not let the proxy in. */
class ServerRefusalTest {
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture(Duration.ofSeconds(2));
        fixture.pooling(ProxyFixture.limits(2, 100, Duration.ofSeconds(1)), Readiness.AWAKE);
        fixture.server.wake();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    /** Whoever waits gets the code that fits, keeps the session, and tries again with success when the server has come to its senses. */
    @ParameterizedTest
    @CsvSource({"3D000, 3D000", "42501, 42501", "28P01, 28P01", "53300, 53300", "57P03, 57P03", "57P01, 57P03"})
    void tellsWhyAndGoesOnLater(String fromServer, String toClient) throws Exception {
        fixture.server.refusal = ErrorFields.fatal(new SqlState(fromServer), "not now");
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.sendQuery("SELECT first");
            assertThat(client.readError()).isEqualTo(toClient);
            fixture.server.refusal = null;
            if (client.read() == 'Z') {
                client.readBytes(5);
                assertThat(client.query("SELECT second")).isEqualTo("TDCZ");
            }
        }
        try (var another = new RawClient(fixture.proxy.port())) {
            another.logIn();
            assertThat(another.query("SELECT third")).isEqualTo("TDCZ");
        }
    }

    @Test
    void asksNobodyForAWakeWhenTheServerSaysNo() throws Exception {
        fixture.server.refusal = ErrorFields.fatal(new SqlState("3D000"), "there is no such database");
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.sendQuery("SELECT first");
            client.readError();
        }
        assertThat(fixture.operator.wakes).isEmpty();
    }
}
