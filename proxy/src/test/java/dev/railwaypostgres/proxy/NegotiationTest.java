package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.message.Authentication;
import dev.railwaypostgres.postgres.message.BackendMessage.NegotiateProtocolVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which version of the protocol is spoken, as Postgres 18 settles it. */
class NegotiationTest {
    private static final Map<String, String> APP = Map.of("user", FakeServer.ROLE, "database", "app");

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new ProxyFixture();
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    private static RawClient encrypted() throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.encrypt(null);
        return client;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void givesAShortCancelKeyBefore3Dot2(int minor) throws Exception {
        try (var client = encrypted()) {
            client.startup(new ProtocolVersion(3, minor), APP);
            client.authenticate(FakeServer.PASSWORD);
            assertThat(client.key().secret().length()).isEqualTo(4);
        }
    }

    @Test
    void givesALongCancelKeySince3Dot2AndNegotiatesNothing() throws Exception {
        try (var client = encrypted()) {
            client.startup(ProtocolVersion.V3_2, APP);
            client.authenticate(FakeServer.PASSWORD);
            assertThat(client.key().secret().length()).isEqualTo(32);
        }
    }

    @Test
    void comesDownFromAVersionThatDoesNotExistOnceAndDeclinesItsOptions() throws Exception {
        try (var client = encrypted()) {
            client.startup(
                    new ProtocolVersion(3, 9999), Map.of("user", FakeServer.ROLE, "database", "app", "_pq_.foo", "1"));
            assertThat(client.message())
                    .isEqualTo(new NegotiateProtocolVersion(ProtocolVersion.V3_2, List.of("_pq_.foo")));
            client.authenticate(FakeServer.PASSWORD);
            assertThat(client.key().secret().length()).isEqualTo(32);
            assertThat(client.query("SELECT now")).endsWith("TDCZ");
        }
        assertThat(fixture.server.sessions.getLast().settings).doesNotContainKey("_pq_.foo");
    }

    @Test
    void declinesOptionsOf3Dot0WithoutLeavingIt() throws Exception {
        try (var client = encrypted()) {
            client.startup(Map.of("user", FakeServer.ROLE, "database", "app", "_pq_.foo", "1"));
            assertThat(client.message())
                    .isEqualTo(new NegotiateProtocolVersion(ProtocolVersion.V3_0, List.of("_pq_.foo")));
            assertThat(client.message()).isInstanceOf(Authentication.Sasl.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2 << 16, 4 << 16, (1234 << 16) | 5677})
    void refusesOtherMajorVersions(int code) throws Exception {
        try (var client = encrypted()) {
            client.startup(ProtocolVersion.ofCode(code), APP);
            assertThat(client.readError()).isEqualTo("0A000");
            assertThat(client.read()).isEqualTo(-1);
        }
    }
}
