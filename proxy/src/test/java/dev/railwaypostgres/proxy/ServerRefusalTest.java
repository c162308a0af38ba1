package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Nobody answers there: a name that means nothing, a port that refuses, a host that says nothing at all. */
    @ParameterizedTest
    @ValueSource(strings = {"NAMELESS", "REFUSING", "SILENT"})
    void takesAnAddressWhereNobodyIsForASleepingDatabase(String kind) throws Exception {
        fixture.server.sleep();
        fixture.operator.onWake = () -> {};
        fixture.pooling(ProxyFixture.limits(2, 100, Duration.ofSeconds(20)), Readiness.AWAKE);
        try (var silent = SilentAddress.open();
                var client = new RawClient(fixture.proxy.port())) {
            move(
                    switch (kind) {
                        case "NAMELESS" -> new Address("nobody.invalid", 5432);
                        case "SILENT" -> silent.address();
                        default -> new Address("127.0.0.1", fixture.server.port());
                    });
            client.logIn();
            client.sendQuery("SELECT first");
            assertThat(client.readError()).isEqualTo("57P03");
            assertThat(client.answer()).isEqualTo("Z");
            assertThat(fixture.operator.wakes).hasSize(1);

            fixture.server.wake();
            fixture.phase(Readiness.AWAKE);
            assertThat(client.query("SELECT second")).endsWith("TDCZ");
        }
    }

    private void move(Address address) {
        var route = fixture.route(Readiness.AWAKE);
        fixture.routes.feed(new Route(
                route.database(),
                route.databaseName(),
                route.endpoint(),
                route.readiness(),
                address,
                false,
                route.pooling()));
    }

    /** Takes no connection, and refuses none: as many as it does not take already wait there. */
    private record SilentAddress(ServerSocket socket, List<Socket> waiting) implements AutoCloseable {
        static SilentAddress open() throws IOException {
            var silent = new SilentAddress(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), new ArrayList<>());
            while (silent.takesAnother()) {}
            return silent;
        }

        private boolean takesAnother() throws IOException {
            var another = new Socket();
            waiting.add(another);
            try {
                another.connect(socket.getLocalSocketAddress(), 200);
                return true;
            } catch (SocketTimeoutException _) {
                return false;
            }
        }

        Address address() {
            return new Address("127.0.0.1", socket.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (var one : waiting) {
                one.close();
            }
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
