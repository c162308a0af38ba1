package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.startup.StartupPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are wrong or want no good. None of them wakes anything, none leaves a connection behind. */
class BadClientTest {
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
    }

    @AfterEach
    void stop() throws Exception {
        Eventually.holds(
                "no client connection is left",
                () -> fixture.metric("client_connections").equals("0.0"));
        assertThat(fixture.operator.wakes).isEmpty();
        assertThat(fixture.server.logins).hasValue(0);
        fixture.close();
    }

    private void refuses(String database, String user, String password, String sqlState) {
        assertThatThrownBy(() -> fixture.connect(database, user, password))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        problem -> assertThat(problem.getSQLState()).isEqualTo(sqlState));
    }

    @Test
    void refusesAWrongPassword() {
        refuses("app", "app", "guess", "28P01");
    }

    @Test
    void refusesAnUnknownRoleLikeAWrongPassword() {
        refuses("app", "nobody", "guess", "28P01");
    }

    @Test
    void refusesAnUnknownDatabase() {
        refuses("nothere", "app", "secret", "3D000");
    }

    @Test
    void refusesPlainTextWhereTlsIsRequired() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.startup(Map.of("user", "app", "database", "app"));
            assertThat(client.readError()).isEqualTo("28000");
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 7, 10_005, Integer.MAX_VALUE, -1})
    void refusesAStartupPacketOfSillyLength(int length) throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.send(ByteBuffer.allocate(4).putInt(length).array());
            assertThat(client.readError()).isEqualTo("08P01");
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void acceptsAStartupPacketInPieces() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            for (byte one : new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47}) {
                client.send(one);
            }
            assertThat(client.read()).isEqualTo('S');
        }
    }

    @Test
    void refusesGarbage() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.readError()).isEqualTo("08P01");
        }
    }

    @Test
    void refusesBytesThatSomebodyPutBehindTheSslRequest() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.send((byte) 0, (byte) 0, (byte) 0, (byte) 8, (byte) 4, (byte) 210, (byte) 22, (byte) 47, (byte) 0);
            assertThat(client.readError()).isEqualTo("08P01");
        }
    }

    @Test
    void declinesGssEncryptionAndGoesOn() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.send(new StartupPacket.GssEncRequest());
            assertThat(client.read()).isEqualTo('N');
            client.encrypt(null);
        }
    }

    @Test
    void refusesASecondRequestForTls() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt(null);
            client.send(new StartupPacket.SslRequest());
            assertThat(client.readError()).isEqualTo("0A000");
        }
    }

    @Test
    void refusesDirectTlsWithoutItsProtocolName() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.startTls(null);
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void takesNoNoticeOfAPortScan() throws Exception {
        for (int i = 0; i < 20; i++) {
            new RawClient(fixture.proxy.port()).close();
        }
    }

    @Test
    void saysNothingToAnUnknownCancelKey() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.send(new StartupPacket.CancelRequest(
                    new dev.railwaypostgres.postgres.CancelKey(1, dev.railwaypostgres.postgres.Bytes.of("none"))));
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void sendsAwayWhoeverIsSilentForTooLong() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesAReplicationConnection() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt(null);
            client.startup(Map.of("user", "app", "database", "app", "replication", "database"));
            assertThat(client.readError()).isEqualTo("0A000");
        }
    }
}
