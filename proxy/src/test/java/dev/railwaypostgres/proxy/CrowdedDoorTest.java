package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many who come at once, with good and bad intent; the bad ones are at 127.0.0.66. None of them wakes anything. */
class CrowdedDoorTest {
    private static final InetAddress BAD = InetAddress.ofLiteral("127.0.0.66");

    private final List<RawClient> crowd = new ArrayList<>();
    private @Nullable ProxyFixture fixture;

    private ProxyFixture start(AProxyConfig config) throws IOException {
        var started = new ProxyFixture(config);
        fixture = started;
        return started;
    }

    @AfterEach
    void stop() throws IOException {
        for (var client : crowd) {
            client.close();
        }
        if (fixture != null) {
            assertThat(fixture.operator.wakes).isEmpty();
            fixture.close();
        }
    }

    private RawClient bad(ProxyFixture running) throws IOException {
        var client = new RawClient(running.proxy.port(), BAD);
        crowd.add(client);
        return client;
    }

    /** The bytes with which a client begins TLS, and then it does nothing more. */
    private static byte[] clientHello() throws Exception {
        var engine = RawClient.clientContext(null).createSSLEngine();
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"postgresql"});
        engine.setSSLParameters(parameters);
        engine.beginHandshake();
        var out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        var hello = new byte[out.flip().remaining()];
        out.get(hello);
        return hello;
    }

    @Test
    void letsOthersInDuringAFloodOfHalfHandshakes() throws Exception {
        var running = start(AProxyConfig.usual().logins(50, 2_000));
        var hello = clientHello();
        for (int i = 0; i < 1_000; i++) {
            try {
                bad(running).send(hello);
            } catch (SocketException _) {
                // Turned away before it could say anything.
            }
        }
        running.connect().close();
        Eventually.holds(
                "all but 50 are turned away",
                () -> running.metric("connections_turned_away_total").equals("950.0"));
    }

    @Test
    void holdsNoMoreThanItMayInAll() throws Exception {
        var running = start(AProxyConfig.usual().logins(50, 10));
        for (int i = 0; i < 20; i++) {
            bad(running);
        }
        Eventually.holds(
                "ten are turned away",
                () -> running.metric("connections_turned_away_total").equals("10.0"));
        for (var client : crowd) {
            client.close();
        }
        Eventually.holds("there is room again", () -> canConnect(running));
    }

    private static boolean canConnect(ProxyFixture running) {
        try {
            running.connect().close();
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    @Test
    void countsNobodyWhoHasLoggedIn() throws Exception {
        var running = start(AProxyConfig.usual().logins(2, 2));
        try (var first = running.connect();
                var second = running.connect();
                var third = running.connect()) {
            assertThat(List.of(first, second, third)).doesNotContainNull();
        }
    }

    /** The time for a login is that of all of it, however busy somebody looks. */
    @Test
    void endsASlowLoginInTheMiddle() throws Exception {
        var running = start(AProxyConfig.usual().loginTimeout(Duration.ofMillis(700)));
        try (var client = new RawClient(running.proxy.port())) {
            client.socket().setSoTimeout(50);
            var packet = ByteBuffer.allocate(9_000).putInt(9_000).putInt(3 << 16);
            int sent = 0;
            while (isOpen(client)) {
                client.send(packet.get(sent++));
            }
            assertThat(sent).isBetween(2, 40);
        }
    }

    private static boolean isOpen(RawClient client) throws IOException {
        try {
            return client.read() >= 0;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    @Test
    void endsASlowHandshakeToo() throws Exception {
        var running = start(AProxyConfig.usual().loginTimeout(Duration.ofMillis(700)));
        try (var client = new RawClient(running.proxy.port())) {
            client.send(clientHello());
            while (client.read() >= 0) {
                // The server's side of the handshake, which is not answered.
            }
        }
    }

    @Test
    void logsIn500AtOnce() throws Exception {
        var running = start(AProxyConfig.usual().loginTimeout(Duration.ofSeconds(30)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var logins = new ArrayList<Future<String>>();
            for (int i = 0; i < 500; i++) {
                logins.add(threads.submit((Callable<String>) () -> {
                    try (var client = new RawClient(running.proxy.port())) {
                        client.logIn();
                        return client.query("SHOW TimeZone");
                    }
                }));
            }
            for (var login : logins) {
                assertThat(login.get()).isEqualTo("TDCZ");
            }
        }
    }

    @Test
    void slowsGuessersDownAndNobodyElse() throws Exception {
        var running = start(AProxyConfig.usual().loginTimeout(Duration.ofSeconds(20)));
        try (var known = new RawClient(running.proxy.port(), BAD)) {
            known.logIn();
        }
        try (var threads = Executors.newFixedThreadPool(50, Thread.ofVirtual().factory())) {
            var guesses = new ArrayList<Callable<String>>();
            for (int i = 0; i < 1_000; i++) {
                var role = "nobody" + i % 7;
                guesses.add(() -> guess(running, role));
            }
            var told = new HashMap<String, Integer>();
            for (var one : threads.invokeAll(guesses)) {
                told.merge(one.get(), 1, Integer::sum);
            }
            assertThat(told).containsOnlyKeys("28P01", "53400");
            assertThat(told.get("53400")).isGreaterThan(900);
        }
        try (var stranger = new RawClient(running.proxy.port(), BAD)) {
            stranger.encrypt(null);
            stranger.startup(Map.of("user", "somebody", "database", "app"));
            assertThatThrownBy(() -> stranger.authenticate("guess")).hasMessage("53400");
        }
        try (var known = new RawClient(running.proxy.port(), BAD);
                var other = new RawClient(running.proxy.port())) {
            known.logIn();
            other.logIn();
        }
        assertThat(running.operator.rolesAsked.get())
                .as("questions to the operator")
                .isLessThan(20);
    }

    /** What a guesser is told. */
    private static String guess(ProxyFixture running, String role) throws Exception {
        try (var guesser = new RawClient(running.proxy.port(), BAD)) {
            guesser.encrypt(null);
            guesser.startup(Map.of("user", role, "database", "app"));
            guesser.authenticate("guess");
            return "came in";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void takesNoNoticeOfConnectionsThatAreReset() throws Exception {
        var running = start(AProxyConfig.usual());
        for (int i = 0; i < 20; i++) {
            try (var client = bad(running)) {
                client.socket().setSoLinger(true, 0);
            }
        }
        Eventually.holds(
                "no connection is left",
                () -> running.metric("client_connections").equals("0.0"));
    }
}
