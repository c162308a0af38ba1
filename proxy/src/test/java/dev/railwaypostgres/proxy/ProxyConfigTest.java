package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.proxy.cancel.PeersConfig;
import dev.railwaypostgres.proxy.console.ConsoleConfig;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.server.Cidr;
import dev.railwaypostgres.proxy.server.DoorConfig;
import dev.railwaypostgres.proxy.server.TransportChoice;
import dev.railwaypostgres.proxy.settings.Setting;
import dev.railwaypostgres.proxy.tls.ClientCertificates;
import dev.railwaypostgres.proxy.tls.TlsConfig;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProxyConfigTest {
    private static final Map<String, String> LEAST =
            Map.of("OPERATOR_URL", "http://operator:8080", "OPERATOR_TOKEN_FILE", "/token");

    @Test
    void hasDefaults() {
        assertThat(ProxyConfig.read(LEAST))
                .isEqualTo(new ProxyConfig(
                        5432,
                        null,
                        null,
                        URI.create("http://operator:8080"),
                        Path.of("/token"),
                        List.of(),
                        Duration.ofSeconds(120),
                        new DoorConfig(Duration.ofSeconds(60), 1_000, 4_000, List.of()),
                        Duration.ofSeconds(30),
                        9090,
                        TransportChoice.AUTO,
                        "proxy",
                        null,
                        null,
                        null));
    }

    @Test
    void readsEverySetting() {
        var environment = new HashMap<>(LEAST);
        environment.putAll(Map.of(
                "LISTEN_PORT", "0",
                "TLS_CERTIFICATE_FILE", "/tls.crt",
                "TLS_KEY_FILE", "/tls.key",
                "TLS_REQUIRED", "false",
                "PROXY_DOMAIN", "db.example",
                "WATCH_NAMESPACES", "a, b",
                "WAKE_TIMEOUT", "PT30S",
                "LOGIN_TIMEOUT", "PT10S"));
        environment.putAll(Map.of(
                "TLS_CLIENT_CA_FILE", "/ca.crt",
                "TLS_CLIENT_AUTH", "required",
                "LOGINS_PER_ADDRESS", "10",
                "LOGINS", "20",
                "PROXY_PROTOCOL_FROM", "10.0.0.0/8, fd00::/8",
                "CANCEL_PEERS", "peers:5432",
                "SHARED_KEY_FILE", "/key",
                "POD_IP", "10.1.2.3"));
        environment.putAll(
                Map.of("DRAIN_TIMEOUT", "PT5S", "MANAGEMENT_PORT", "9999", "TRANSPORT", "nio", "POD_NAME", "proxy-1"));
        environment.putAll(Map.of(
                "CONSOLE_USERS_FILE", "/users",
                "CONSOLE_USERS", "",
                "CONSOLE_ADMIN_USERS", "a, b",
                "CONSOLE_STATS_USERS", "c"));
        assertThat(environment.keySet())
                .as("every setting has a value here")
                .containsExactlyInAnyOrderElementsOf(
                        ProxyConfig.ALL.stream().map(Setting::name).toList());
        assertThat(ProxyConfig.read(environment))
                .isEqualTo(new ProxyConfig(
                        0,
                        new TlsConfig(
                                Path.of("/tls.crt"),
                                Path.of("/tls.key"),
                                false,
                                Path.of("/ca.crt"),
                                ClientCertificates.REQUIRED),
                        "db.example",
                        URI.create("http://operator:8080"),
                        Path.of("/token"),
                        List.of("a", "b"),
                        Duration.ofSeconds(30),
                        new DoorConfig(
                                Duration.ofSeconds(10),
                                10,
                                20,
                                List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8"))),
                        Duration.ofSeconds(5),
                        9999,
                        TransportChoice.NIO,
                        "proxy-1",
                        Path.of("/key"),
                        new PeersConfig(List.of(new Address("peers", 5432)), InetAddress.ofLiteral("10.1.2.3")),
                        new ConsoleConfig(Path.of("/users"), "", Set.of("a", "b"), Set.of("c"))));
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThatThrownBy(() -> ProxyConfig.read(Map.of(
                        "LISTEN_PORT", "70000",
                        "WAKE_TIMEOUT", "soon",
                        "TLS_KEY_FILE", "/tls.key",
                        "TLS_CLIENT_AUTH", "optional",
                        "PROXY_PROTOCOL_FROM", "10.0.0.0/33",
                        "CANCEL_PEERS", "peers:5432",
                        "LOGINS", "0",
                        "OPERATOR_URL", "operator")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "LISTEN_PORT",
                        "WAKE_TIMEOUT",
                        "TLS_CERTIFICATE_FILE",
                        "TLS_CLIENT_CA_FILE",
                        "PROXY_PROTOCOL_FROM",
                        "SHARED_KEY_FILE",
                        "LOGINS=0",
                        "OPERATOR_URL",
                        "OPERATOR_TOKEN_FILE");
    }

    @Test
    void printsATableOfAllSettings() {
        assertThat(ProxyConfig.table())
                .contains(ProxyConfig.ALL.stream().map(Setting::name).toList());
    }
}
