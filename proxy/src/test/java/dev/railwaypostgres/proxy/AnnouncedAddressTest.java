package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The PROXY protocol of load balancers, which here are at 127.0.0.1; at 127.0.0.2 there are clients. */
class AnnouncedAddressTest {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture(
                AProxyConfig.usual().announcedFrom("127.0.0.1/32").loginTimeout(Duration.ofSeconds(20)));
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private static byte[] header(int command, int family, Consumer<ByteBuf> addresses) {
        var body = Unpooled.buffer();
        addresses.accept(body);
        var header = Unpooled.buffer()
                .writeBytes(SIGNATURE)
                .writeByte(command)
                .writeByte(family)
                .writeShort(body.readableBytes())
                .writeBytes(body);
        return RawClient.bytes(header);
    }

    private static byte[] client(String from) {
        return header(
                PROXY,
                TCP4,
                body -> body.writeBytes(InetAddress.ofLiteral(from).getAddress())
                        .writeInt(0)
                        .writeShort(4711)
                        .writeShort(5432));
    }

    private static void addition(ByteBuf body, int length) {
        body.writeByte(0xea).writeShort(length).writeZero(length);
    }

    private RawClient balancer() throws IOException {
        return new RawClient(fixture.proxy.port());
    }

    private void wakesFrom(byte[] header, String expected) throws Exception {
        try (var client = balancer()) {
            client.send(header);
            client.logIn();
            assertThat(client.query("SELECT now")).endsWith("Z");
        }
        assertThat(fixture.operator.wakes)
                .singleElement()
                .satisfies(visitor -> assertThat(visitor.client()).isEqualTo(expected));
    }

    @Test
    void tellsWhereTheClientReallyIs() throws Exception {
        wakesFrom(client("192.0.2.7"), "192.0.2.7:4711");
    }

    @Test
    void tellsAnIpv6Address() throws Exception {
        var header = header(
                PROXY,
                TCP6,
                body -> body.writeBytes(
                                InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6").getAddress())
                        .writeZero(16)
                        .writeShort(4711)
                        .writeShort(5432));
        wakesFrom(header, "[2001:db8:1:2:3:4:5:6]:4711");
    }

    @Test
    void passesOverWhatABalancerAdds() throws Exception {
        var header = header(PROXY, TCP4, body -> {
            body.writeBytes(InetAddress.ofLiteral("192.0.2.7").getAddress())
                    .writeInt(0)
                    .writeShort(4711)
                    .writeShort(5432);
            addition(body, 500);
        });
        wakesFrom(header, "192.0.2.7:4711");
    }

    @Test
    void readsAHeaderInPieces() throws Exception {
        try (var client = balancer()) {
            for (byte one : client("192.0.2.7")) {
                client.send(one);
            }
            client.logIn();
        }
    }

    @Test
    void closesHealthChecksQuietly() throws Exception {
        try (var client = balancer()) {
            client.send(header(LOCAL, 0, _ -> {}));
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesVersionOne() throws Exception {
        try (var client = balancer()) {
            client.send("PROXY TCP4 192.0.2.7 192.0.2.1 4711 5432\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesABalancerWithoutAHeaderAtOnce() throws Exception {
        try (var client = balancer()) {
            assertThatThrownBy(() -> client.encrypt(null)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAHeaderWithoutEnd() throws Exception {
        try (var client = balancer()) {
            client.send(header(PROXY, TCP4, body -> addition(body, 65_000)));
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void refusesAHeaderFromElsewhere() throws Exception {
        try (var client = new RawClient(fixture.proxy.port(), InetAddress.ofLiteral("127.0.0.2"))) {
            client.send(client("192.0.2.7"));
            assertThat(client.readError()).isEqualTo("08P01");
        }
    }

    @Test
    void takesClientsFromElsewhereAsTheyAre() throws Exception {
        try (var client = new RawClient(fixture.proxy.port(), InetAddress.ofLiteral("127.0.0.2"))) {
            client.logIn();
        }
    }

    @Test
    void slowsDownTheClientAndNotTheBalancer() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var told = new HashSet<String>();
            for (int round = 0; round < 2; round++) {
                for (var guess : threads.invokeAll(Collections.<Callable<String>>nCopies(40, this::guess))) {
                    told.add(guess.get());
                }
            }
            assertThat(told).containsExactlyInAnyOrder("28P01", "53400");
        }
        try (var honest = balancer()) {
            honest.send(client("192.0.2.7"));
            honest.logIn();
        }
    }

    private String guess() throws Exception {
        try (var guesser = balancer()) {
            guesser.send(client("192.0.2.66"));
            guesser.encrypt(null);
            guesser.startup(Map.of("user", "app", "database", "app"));
            guesser.authenticate("guess");
            return "came in";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
