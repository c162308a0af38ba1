package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import dev.railwaypostgres.proxy.cancel.PeersConfig;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cancel requests, which a balancer may send to any replica. */
class CancelRoutingTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

    private final List<ProxyFixture> replicas = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws IOException {
        for (var replica : replicas) {
            replica.close();
        }
    }

    /** Below the range of ports for outgoing connections, where nobody else takes it between this and its use. */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (var _ = new ServerSocket(port)) {
                return port;
            } catch (java.net.BindException _) {
                // Somebody else's.
            }
        }
    }

    private void startTwo(boolean isEncrypted, boolean isAnnounced) throws Exception {
        var key = Files.writeString(folder.resolve("key"), "a secret of all replicas");
        int first = freePort();
        int second = freePort();
        var peers = new PeersConfig(List.of(new Address("127.0.0.1", first), new Address("127.0.0.1", second)), HOST);
        for (int port : new int[] {first, second}) {
            var config = AProxyConfig.usual().port(port).peers(key, peers);
            if (!isEncrypted) {
                config.tls(null);
            }
            if (isAnnounced) {
                config.announcedFrom("127.0.0.1/32");
            }
            replicas.add(new ProxyFixture(config));
        }
    }

    private RawClient client(ProxyFixture replica, boolean isEncrypted, boolean isAnnounced) throws Exception {
        var client = new RawClient(
                replica.proxy.port(),
                isAnnounced ? InetAddress.ofLiteral("127.0.0.2") : InetAddress.getLoopbackAddress());
        if (isEncrypted) {
            client.encrypt(null);
        }
        return client;
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, false",
        "2, true, false",
        "0, false, false",
        "2, false, false",
        "0, true, true",
        "2, false, true"
    })
    void reachesTheReplicaThatHasTheSession(int minor, boolean isEncrypted, boolean isAnnounced) throws Exception {
        startTwo(isEncrypted, isAnnounced);
        var owner = replicas.getFirst();
        owner.server.wake();
        owner.phase(Readiness.AWAKE);
        try (var client = client(owner, isEncrypted, isAnnounced)) {
            client.startup(new ProtocolVersion(3, minor), Map.of("user", FakeServer.ROLE, "database", "app"));
            client.authenticate(FakeServer.PASSWORD);
            client.sendQuery("SLEEP");
            Eventually.holds("the statement runs", () -> owner.server.statements.contains("SLEEP"));
            cancel(replicas.getLast(), client.key(), isEncrypted, isAnnounced);
            assertThat(client.readError()).isEqualTo("57014");
        }
        assertThat(replicas.getLast().metric("cancel_requests_total{fate=\"forwarded\"}"))
                .isEqualTo("1.0");
        assertThat(owner.metric("cancel_requests_total{fate=\"obeyed\"}")).isEqualTo("1.0");
        assertThat(owner.operator.wakes).isEmpty();
    }

    private void cancel(ProxyFixture at, CancelKey key, boolean isEncrypted, boolean isAnnounced) throws Exception {
        try (var other = client(at, isEncrypted, isAnnounced)) {
            other.send(new StartupPacket.CancelRequest(key));
            assertThat(other.read()).isEqualTo(-1);
        }
    }

    @Test
    void passesNothingOnThatIsNotMeantForAReplica() throws Exception {
        startTwo(true, false);
        var asked = replicas.getLast();
        cancel(asked, new CancelKey(-1, Bytes.of("none")), true, false);
        cancel(asked, new CancelKey(4711, Bytes.copyOf(new byte[32])), true, false);
        cancel(asked, new CancelKey(4711, Bytes.copyOf(new byte[256])), true, false);
        assertThat(asked.metric("cancel_requests_total{fate=\"unknown\"}")).isEqualTo("2.0");
        assertThat(replicas.getFirst().metric("client_connections")).isEqualTo("0.0");
    }

    @Test
    void wakesNothing() throws Exception {
        startTwo(true, false);
        var owner = replicas.getFirst();
        try (var client = client(owner, true, false)) {
            client.startup(Map.of("user", FakeServer.ROLE, "database", "app"));
            client.authenticate(FakeServer.PASSWORD);
            cancel(owner, client.key(), true, false);
            cancel(replicas.getLast(), client.key(), true, false);
            Eventually.holds(
                    "both have arrived",
                    () -> owner.metric("cancel_requests_total{fate=\"obeyed\"}").equals("2.0"));
            assertThat(client.query("SHOW TimeZone")).isEqualTo("TDCZ");
        }
        assertThat(owner.operator.wakes).isEmpty();
    }

    @Test
    void takesARequestOverDirectTls() throws Exception {
        startTwo(true, false);
        var owner = replicas.getFirst();
        try (var client = client(owner, true, false);
                var other = new RawClient(owner.proxy.port())) {
            client.startup(Map.of("user", FakeServer.ROLE, "database", "app"));
            client.authenticate(FakeServer.PASSWORD);
            other.startTls(null, "postgresql");
            other.send(new StartupPacket.CancelRequest(client.key()));
            assertThat(other.read()).isEqualTo(-1);
        }
        assertThat(owner.metric("cancel_requests_total{fate=\"obeyed\"}")).isEqualTo("1.0");
    }

    @Test
    void stopsListeningToWhoeverGuesses() throws Exception {
        startTwo(true, false);
        var asked = replicas.getFirst();
        for (int i = 0; i < 1_100; i++) {
            try (var other = new RawClient(asked.proxy.port(), InetAddress.ofLiteral("127.0.0.66"))) {
                other.send(new StartupPacket.CancelRequest(new CancelKey(i, Bytes.copyOf(new byte[32]))));
                assertThat(other.read()).isEqualTo(-1);
            }
        }
        assertThat(asked.metric("cancel_requests_total{fate=\"limited\"}")).isNotEqualTo("absent");
    }
}
