package dev.railwaypostgres.playground.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railwaypostgres.playground.PortToKeep;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.conformance.wire.Account;
import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.Server;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import dev.railwaypostgres.playground.process.ChildProcess;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's tables beside those of the PgBouncer that this machine has, whatever its version. */
class ConsoleLikePgBouncerIT {
    private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Account STATS =
            new Account("stats", "some", ScramVerifier.ofPassword("some", 1, Bytes.of("any salt")));

    /** Columns that later versions call otherwise. */
    private static final Map<String, String> RENAMED = Map.of("reserve_pool", "reserve_pool_size");

    /** {@code name(table.number type,…)}, as {@link WireClient} spells a column. */
    private static final Pattern COLUMN = Pattern.compile("(\\w+)\\(\\S+ (\\d+),");

    /** {@code DataRow value | …}, likewise. */
    private static final Pattern FIRST_VALUE = Pattern.compile("^DataRow (\\w+)");

    @TempDir
    private static Path folder;

    private static final ProcessNursery NURSERY = new ProcessNursery();
    private static ProxyScene scene;
    private static int theirs;

    /** One column as its reader sees it. */
    private record Column(String name, int type) {}

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(PGBOUNCER), "PgBouncer is not installed: apt-get install pgbouncer");
        scene = new ProxyScene(folder.resolve("ours"));
        theirs = startPgBouncer();
    }

    @AfterAll
    static void end() throws Exception {
        NURSERY.close();
        if (scene != null) {
            scene.end();
        }
    }

    private static int startPgBouncer() throws IOException {
        int port = PortToKeep.choose();
        var home = Files.createDirectories(folder.resolve("theirs"));
        Files.writeString(home.resolve("users"), "\"stats\" \"some\"\n");
        var configuration =
                Files.writeString(home.resolve("pgbouncer.ini"), """
                [databases]
                app = host=127.0.0.1 port=1 dbname=app
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                stats_users = stats
                """.formatted(port, home.resolve("users")));
        ChildProcess.startUnprivileged(
                        "pgbouncer", new ProcessBuilder(PGBOUNCER.toString(), configuration.toString()), NURSERY, home)
                .awaitReady(() -> isOpen(port), LIMIT);
        return port;
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    private static List<String> answer(int port, String topic) {
        try (var client = WireClient.connect(new Server(port, false), UnaryOperator.identity(), LIMIT)) {
            client.logIn(STATS, Map.of("user", STATS.role(), "database", "pgbouncer"));
            client.send(ClientMessage.query("SHOW " + topic));
            client.await("ReadyForQuery");
            return client.heard();
        }
    }

    private static List<String> theirAnswer(String topic) {
        var answer = answer(theirs, topic);
        assumeTrue(
                answer.stream().noneMatch(message -> message.startsWith("ErrorResponse")),
                "PgBouncer of this version knows no SHOW " + topic);
        return answer;
    }

    private static List<Column> columns(List<String> answer) {
        return answer.stream()
                .filter(message -> message.startsWith("RowDescription"))
                .flatMap(description -> COLUMN.matcher(description).results())
                .map(found -> new Column(
                        RENAMED.getOrDefault(found.group(1), found.group(1)), Integer.parseInt(found.group(2))))
                .toList();
    }

    private static List<String> firstColumn(List<String> answer) {
        return answer.stream()
                .flatMap(message -> FIRST_VALUE.matcher(message).results())
                .map(found -> found.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POOLS", "CLIENTS", "SERVERS", "SOCKETS", "ACTIVE_SOCKETS", "DATABASES", "USERS", "CONFIG", "STATS",
                "STATS_TOTALS", "STATS_AVERAGES", "TOTALS", "LISTS", "MEM", "DNS_HOSTS", "DNS_ZONES", "STATE", "VERSION"
            })
    void hasAllColumnsOfPgBouncerInItsOrderAndWithItsTypes(String topic) {
        var wanted = columns(theirAnswer(topic));
        var found = columns(answer(scene.port(), topic));
        assertThat(wanted).isNotEmpty();
        assertThat(found.stream().filter(wanted::contains)).as("of %s", found).containsExactlyElementsOf(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LISTS", "TOTALS", "STATE"})
    void hasAllRowsOfTablesThatHaveARowForEachFigure(String topic) {
        var wanted = firstColumn(theirAnswer(topic));
        assertThat(wanted).isNotEmpty();
        assertThat(firstColumn(answer(scene.port(), topic))).containsAll(wanted);
    }
}
