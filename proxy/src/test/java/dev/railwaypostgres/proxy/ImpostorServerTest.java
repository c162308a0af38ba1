package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers our request for TLS with anything but one letter is not trusted, and not quoted. */
class ImpostorServerTest {
    private ProxyFixture fixture;
    private ServerSocket impostor;
    private final AtomicInteger bytesHeard = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
        impostor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws Exception {
        impostor.close();
        fixture.close();
    }

    private void answerAll(byte[] answer) {
        while (!impostor.isClosed()) {
            try (var client = impostor.accept()) {
                client.getInputStream().readNBytes(8);
                client.getOutputStream().write(answer);
                client.getOutputStream().flush();
                bytesHeard.addAndGet(client.getInputStream().readAllBytes().length);
            } catch (IOException _) {
                // The other side has gone, or the test is over.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"N", "S\0\0\0\rmore", "EFATAL: send your password to evil.example", "HTTP/1.1 400 Bad Request"})
    void isRefusedBeforeItHearsOfAnyRole(String answer) throws Exception {
        Thread.ofVirtual().start(() -> answerAll(answer.getBytes(StandardCharsets.US_ASCII)));
        var route = fixture.route(Readiness.AWAKE);
        fixture.routes.feed(new Route(
                route.database(),
                route.databaseName(),
                route.endpoint(),
                route.readiness(),
                new Address("127.0.0.1", impostor.getLocalPort()),
                false,
                route.pooling()));
        try (var connection = fixture.connect()) {
            assertThatThrownBy(() -> ProxyFixture.ask(connection, "SELECT now"))
                    .hasMessageNotContaining("evil")
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            problem -> assertThat(problem.getSQLState()).isEqualTo("08006"));
        }
        assertThat(bytesHeard).hasValue(0);
    }

    /** Somebody else's database, at an address that was ours before the sleep: even with the same role and password. */
    @Test
    void ofAnotherDatabaseGetsNoStatement() throws Exception {
        fixture.operator.role(FakeServer.ROLE, ScramVerifier.ofPassword(FakeServer.PASSWORD));
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
        try (var connection = fixture.connect()) {
            assertThatThrownBy(() -> ProxyFixture.ask(connection, "SELECT now"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            problem -> assertThat(problem.getSQLState()).isEqualTo("28P01"));
        }
        assertThat(fixture.server.logins).hasValue(0);
        assertThat(fixture.server.statements).isEmpty();
    }
}
