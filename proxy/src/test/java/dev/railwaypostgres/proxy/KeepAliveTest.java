package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the kernel will ask those who are silent if they are still there; it tells of each connection when. */
class KeepAliveTest {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    /** Of the kernel's clock, in a minute. */
    private static final long TICKS = 6_000;

    private static final String ESTABLISHED = "01";
    private static final String KEEPALIVE = "02";

    /** @param timer what the kernel waits for, and how long still */
    private record Line(int localPort, int remotePort, String state, String timer) {
        static Line of(String text) {
            var columns = text.strip().split(" +", -1);
            return new Line(port(columns[1]), port(columns[2]), columns[3], columns[5]);
        }

        private static int port(String address) {
            return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
        }

        boolean isAskedWithinAMinute() {
            var parts = timer.split(":", -1);
            return parts[0].equals(KEEPALIVE) && Long.parseLong(parts[1], 16) <= TICKS;
        }
    }

    private static List<Line> connections() throws IOException {
        var lines = new ArrayList<Line>();
        for (var table : TABLES) {
            if (Files.exists(table)) {
                Files.readAllLines(table).stream().skip(1).map(Line::of).forEach(lines::add);
            }
        }
        return lines.stream().filter(line -> line.state().equals(ESTABLISHED)).toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportChoice.class,
            names = {"AUTO", "NIO"})
    void asksClientsAndServersThatAreSilent(TransportChoice transport) throws Exception {
        assumeTrue(Files.exists(TABLES.getFirst()), "the kernel is no Linux");
        try (var fixture = new ProxyFixture(AProxyConfig.usual().transport(transport));
                var client = new RawClient(fixture.proxy.port())) {
            fixture.server.wake();
            fixture.phase(Readiness.AWAKE);
            client.logIn();
            client.query("SELECT now");
            int clients = fixture.proxy.port();
            int server = fixture.server.port();
            Eventually.holds("both are asked", () -> {
                var ours = connections().stream()
                        .filter(line -> line.localPort() == clients || line.remotePort() == server)
                        .toList();
                assertThat(ours).hasSize(2);
                return ours.stream().allMatch(Line::isAskedWithinAMinute);
            });
        }
    }
}
