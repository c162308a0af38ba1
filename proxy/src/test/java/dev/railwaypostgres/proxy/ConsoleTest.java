package dev.railwaypostgres.proxy;

import static dev.railwaypostgres.proxy.ProxyFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.proxy.console.ConsoleConfig;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators see and do at the console. */
class ConsoleTest {
    private static final String DATABASE = "orders-shop";

    @TempDir
    private Path folder;

    private Path users;
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        users = Files.writeString(
                folder.resolve("users"), "\"admin\" \"all\"\n\"stats\" \"some\"\n\"other\" \"none\"\n");
        fixture = new ProxyFixture(
                AProxyConfig.usual().console(new ConsoleConfig(users, "", Set.of("admin"), Set.of("stats"))));
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private Connection admin() throws SQLException {
        return fixture.connect("pgbouncer", "admin", "all");
    }

    private void wake() {
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
    }

    private static List<Map<String, String>> rows(Connection connection, String statement) throws SQLException {
        try (var asked = connection.createStatement();
                var answer = asked.executeQuery(statement)) {
            var rows = new ArrayList<Map<String, String>>();
            while (answer.next()) {
                var row = new HashMap<String, String>();
                for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
                    row.put(answer.getMetaData().getColumnLabel(i), answer.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static Map<String, String> row(Connection connection, String statement) throws SQLException {
        return rows(connection, statement).getFirst();
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (var asked = connection.createStatement()) {
            asked.execute(statement);
        }
    }

    private CompletableFuture<Void> aside(String statement) {
        return CompletableFuture.runAsync(
                () -> {
                    try (var console = admin()) {
                        run(console, statement);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private RawClient client() throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.logIn();
        return client;
    }

    private RawClient rawAdmin() throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.encrypt(null);
        client.startup(Map.of("user", "admin", "database", "pgbouncer"));
        client.authenticate("all");
        return client;
    }

    // ---- Who may.

    @Test
    void isNotThereUnlessItIsSwitchedOn() throws Exception {
        try (var without = new ProxyFixture()) {
            assertThatThrownBy(() -> without.connect("pgbouncer", "admin", "all"))
                    .satisfies(state("3D000"));
        }
    }

    @ParameterizedTest
    @CsvSource({"admin, wrong", "other, none", "nobody, all", "app, secret"})
    void letsNobodyInButItsUsers(String user, String password) {
        assertThatThrownBy(() -> fixture.connect("pgbouncer", user, password)).satisfies(state("28P01"));
    }

    @Test
    void leavesADatabaseOfItsNameToWhoeverNamesAnEndpoint() throws Exception {
        wake();
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt(null);
            client.startup(Map.of("user", "app", "database", "pgbouncer", "options", "endpoint=" + DATABASE));
            client.authenticate(FakeServer.PASSWORD);
            assertThat(client.query("SELECT inside")).isEqualTo("TDCZ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PAUSE",
                "RESUME",
                "KILL orders-shop",
                "KILL_CLIENT 1",
                "RELOAD",
                "SHUTDOWN",
                "DISABLE orders-shop"
            })
    void letsThoseWhoMayLookDoNothing(String statement) throws Exception {
        try (var reader = fixture.connect("pgbouncer", "stats", "some")) {
            assertThatThrownBy(() -> run(reader, statement)).satisfies(state("42501"));
            assertThat(rows(reader, "SHOW POOLS")).isNotEmpty();
        }
    }

    @Test
    void readsItsUsersAnewWhenToldTo() throws Exception {
        try (var console = admin()) {
            Files.writeString(users, "\"admin\" \"new\"\n");
            run(console, "RELOAD");
        }
        try (var console = fixture.connect("pgbouncer", "admin", "new")) {
            Files.writeString(users, "admin without quotes\n");
            assertThatThrownBy(() -> run(console, "RELOAD"))
                    .satisfies(state("F0000"))
                    .hasMessageContaining("line 1");
        }
        fixture.connect("pgbouncer", "admin", "new").close();
    }

    // ---- How.

    @Test
    void answersBothProtocolsAndKeepsTheSessionAfterAnError() throws Exception {
        try (var client = rawAdmin()) {
            assertThat(client.query("SHOW VERSION; SHOW STATE")).isEqualTo("TDCTDDDCZ");
            assertThat(client.query(";")).isEqualTo("IZ");
            assertThat(client.query("SHOW STATE; NONSENSE; SHOW STATE")).isEqualTo("TDDDCEZ");
            assertThat(client.query("SHOW HELP")).isEqualTo("NCZ");
            client.send(
                    new FrontendMessage.Parse("p", "show pools", List.of()),
                    new FrontendMessage.Describe(FrontendMessage.Target.STATEMENT, "p"),
                    new FrontendMessage.Bind("", "p", FrontendMessage.Arguments.NONE, List.of()),
                    new FrontendMessage.Execute("", 0),
                    new FrontendMessage.Sync());
            assertThat(client.answer()).isEqualTo("1tT2DCZ");
            client.send(
                    new FrontendMessage.Bind("", "unknown", FrontendMessage.Arguments.NONE, List.of()),
                    new FrontendMessage.Execute("", 0),
                    new FrontendMessage.Sync());
            assertThat(client.answer()).isEqualTo("EZ");
            client.send(
                    new FrontendMessage.Parse("", "", List.of()),
                    new FrontendMessage.Bind("", "", FrontendMessage.Arguments.NONE, List.of()),
                    new FrontendMessage.Execute("", 0),
                    new FrontendMessage.Sync());
            assertThat(client.answer()).isEqualTo("12IZ");
        }
    }

    @Test
    void writesNumbersInBinaryForDriversThatWantThem() throws Exception {
        wake();
        try (var app = fixture.connect();
                var console = admin();
                var statement = console.prepareStatement("SHOW STATS")) {
            ask(app, "SELECT one");
            long queries = 0;
            // The driver asks for binary values after some runs of the same statement.
            for (int i = 0; i < 10; i++) {
                try (var answer = statement.executeQuery()) {
                    answer.next();
                    queries = answer.getLong("total_query_count");
                    assertThat(answer.getLong("total_sent")).isPositive();
                }
            }
            assertThat(queries).isPositive();
        }
    }

    @Test
    void isReadByPsql() throws Exception {
        assumeTrue(Path.of("/usr/bin/psql").toFile().canExecute(), "psql is not installed");
        var url = "host=127.0.0.1 port=%d dbname=pgbouncer user=stats sslmode=require".formatted(fixture.proxy.port());
        var process = new ProcessBuilder("/usr/bin/psql", "-X", "-A", "-c", "SHOW POOLS", "-c", "SHOW VERSION;", url);
        process.environment().put("PGPASSWORD", "some");
        var psql = process.redirectErrorStream(true).start();
        var text = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor()).as(text).isZero();
        assertThat(text).contains("database|user|cl_active|cl_waiting", "pgbouncer|pgbouncer|1|0", "PgBouncer 1.");
    }

    // ---- What is shown.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POOLS",
                "CLIENTS",
                "SERVERS",
                "SOCKETS",
                "ACTIVE_SOCKETS",
                "DATABASES",
                "USERS",
                "CONFIG",
                "STATS",
                "STATS_TOTALS",
                "STATS_AVERAGES",
                "TOTALS",
                "LISTS",
                "MEM",
                "DNS_HOSTS",
                "DNS_ZONES",
                "PEERS",
                "PEER_POOLS",
                "STATE",
                "VERSION"
            })
    void wakesNothingWhateverIsShown(String topic) throws Exception {
        try (var app = fixture.connect();
                var console = admin()) {
            rows(console, "SHOW " + topic);
            assertThat(app.isClosed()).isFalse();
        }
        assertThat(fixture.operator.wakes).isEmpty();
        assertThat(fixture.operator.holds).isEmpty();
    }

    @Test
    void tellsParkedClientsFromPinnedOnes() throws Exception {
        wake();
        try (var parked = client();
                var pinned = client();
                var console = admin()) {
            parked.query("SELECT one");
            pinned.query("CREATE TEMPORARY TABLE t ()");
            assertThat(rows(console, "SHOW CLIENTS"))
                    .extracting(row -> row.get("parked") + " " + row.get("pin"))
                    .containsExactlyInAnyOrder("1 null", "0 temporary objects");
            assertThat(row(console, "SHOW POOLS"))
                    .containsEntry("database", DATABASE)
                    .containsEntry("user", "app")
                    .containsEntry("cl_active", "2")
                    .containsEntry("cl_parked", "1")
                    .containsEntry("cl_pinned", "1")
                    .containsEntry("sv_active", "1")
                    .containsEntry("pool_mode", "transaction")
                    .containsEntry("state", "awake");
            assertThat(rows(console, "SHOW SERVERS")).hasSize((int) fixture.server.open());
        }
    }

    @Test
    void tellsWhoWaitsAndForHowLong() throws Exception {
        fixture.pooling(ProxyFixture.limits(1, 10, java.time.Duration.ofSeconds(10)), Readiness.AWAKE);
        fixture.server.wake();
        try (var holder = client();
                var waiting = client();
                var console = admin()) {
            holder.query("BEGIN");
            holder.query("SELECT one");
            waiting.sendQuery("SELECT two");
            Eventually.holds(
                    "one waits",
                    () -> String.valueOf(row(console, "SHOW POOLS").get("cl_waiting"))
                            .equals("1"));
            Eventually.holds("it has waited", () -> {
                var pool = row(console, "SHOW POOLS");
                return Integer.parseInt(pool.get("maxwait")) * 1_000_000L + Integer.parseInt(pool.get("maxwait_us"))
                        > 0;
            });
            assertThat(rows(console, "SHOW CLIENTS"))
                    .extracting(row -> row.get("state"))
                    .contains("active", "waiting");
            holder.query("COMMIT");
            assertThat(waiting.answer()).isEqualTo("TDCZ");
        }
    }

    @Test
    void countsWhatHasRun() throws Exception {
        wake();
        try (var app = client();
                var console = admin()) {
            for (var text : List.of("BEGIN", "SELECT one", "COMMIT", "SELECT two")) {
                app.query(text);
            }
            assertThat(row(console, "SHOW STATS_TOTALS"))
                    .containsEntry("database", DATABASE)
                    .containsEntry("query_count", "4")
                    .containsEntry("xact_count", "2")
                    .containsEntry("server_assignment_count", "2");
            assertThat(Long.parseLong(row(console, "SHOW STATS_TOTALS").get("bytes_received")))
                    .isGreaterThan(40);
        }
    }

    @Test
    void saysWhetherADatabaseSleepsAndHowOftenItWoke() throws Exception {
        try (var app = client();
                var console = admin()) {
            fixture.phase(Readiness.ASLEEP);
            assertThat(row(console, "SHOW DATABASES"))
                    .containsEntry("state", "asleep")
                    .containsEntry("wakes", "0");
            app.query("SELECT one");
            assertThat(row(console, "SHOW DATABASES")).containsEntry("wakes", "1");
        }
    }

    // ---- What is done.

    @Test
    void pausesWhenTheLastTransactionIsOverAndHoldsTheNext() throws Exception {
        wake();
        try (var busy = client();
                var next = client();
                var console = admin()) {
            busy.query("BEGIN");
            busy.query("SELECT one");
            var pause = aside("PAUSE \"" + DATABASE + "\"");
            Eventually.holds(
                    "it is paused",
                    () -> String.valueOf(row(console, "SHOW DATABASES").get("paused"))
                            .equals("1"));
            next.sendQuery("SELECT held");
            Eventually.holds(
                    "it is held",
                    () -> String.valueOf(row(console, "SHOW POOLS").get("cl_waiting"))
                            .equals("1"));
            assertThat(pause).isNotDone();
            assertThat(busy.query("COMMIT")).isEqualTo("CZ");
            pause.get(10, TimeUnit.SECONDS);
            Eventually.holds("no server connection is left", () -> fixture.server.open() == 0);
            assertThat(fixture.server.statements).doesNotContain("SELECT held");
            run(console, "RESUME " + DATABASE);
            assertThat(next.answer()).contains("TDCZ");
        }
    }

    @Test
    void letsAPausedDatabaseSleepAndWakesItForHeldWorkAfterTheResume() throws Exception {
        wake();
        try (var app = client();
                var console = admin()) {
            app.query("SELECT one");
            run(console, "PAUSE");
            fixture.phase(Readiness.SUSPENDING);
            fixture.server.sleep();
            fixture.phase(Readiness.ASLEEP);
            app.sendQuery("SELECT held");
            Eventually.holds(
                    "it is held",
                    () -> String.valueOf(row(console, "SHOW POOLS").get("cl_waiting"))
                            .equals("1"));
            assertThat(fixture.operator.wakes).isEmpty();
            run(console, "RESUME");
            assertThat(app.answer()).endsWith("TDCZ");
            assertThat(fixture.operator.wakes).hasSize(1);
        }
    }

    @Test
    void tellsHeldClientsWhyTheyWaitAndKeepsThem() throws Exception {
        try (var proxy = new ProxyFixture(AProxyConfig.usual()
                        .wakeTimeout(java.time.Duration.ofMillis(1_500))
                        .console(new ConsoleConfig(users, "", Set.of("admin"), Set.of())));
                var app = new RawClient(proxy.proxy.port());
                var console = proxy.connect("pgbouncer", "admin", "all")) {
            run(console, "PAUSE");
            app.logIn();
            app.sendQuery("SELECT held");
            assertThat(app.readError()).isEqualTo("57P03");
            assertThat(app.answer()).isEqualTo("Z");
            run(console, "RESUME");
            assertThat(app.query("SELECT again")).endsWith("TDCZ");
        }
    }

    @Test
    void takesBackAPauseThatIsCancelled() throws Exception {
        wake();
        try (var busy = client();
                var pausing = rawAdmin();
                var console = admin()) {
            busy.query("BEGIN");
            busy.query("SELECT one");
            pausing.sendQuery("PAUSE");
            Eventually.holds(
                    "it is paused",
                    () -> String.valueOf(rows(console, "SHOW STATE").get(1).get("value"))
                            .equals("yes"));
            pausing.cancelFromElsewhere();
            assertThat(pausing.readError()).isEqualTo("57014");
            assertThat(rows(console, "SHOW STATE").get(1)).containsEntry("value", "no");
            assertThat(busy.query("COMMIT")).isEqualTo("CZ");
        }
    }

    @Test
    void forgetsAWaitWhoseAdministratorHasLeft() throws Exception {
        wake();
        try (var busy = client();
                var console = admin()) {
            busy.query("BEGIN");
            busy.query("SELECT one");
            var leaving = rawAdmin();
            leaving.sendQuery("PAUSE " + DATABASE);
            Eventually.holds(
                    "it is paused",
                    () -> String.valueOf(row(console, "SHOW DATABASES").get("paused"))
                            .equals("1"));
            leaving.reset();
            Eventually.holds(
                    "one is left",
                    () -> String.valueOf(rows(console, "SHOW POOLS").getLast().get("cl_active"))
                            .equals("1"));
            assertThat(row(console, "SHOW DATABASES")).containsEntry("paused", "1");
        }
    }

    @Test
    void killsClientsAndLeavesTheDatabasePaused() throws Exception {
        wake();
        try (var idle = client();
                var busy = client();
                var console = admin()) {
            busy.query("BEGIN");
            busy.query("SELECT one");
            run(console, "KILL " + DATABASE);
            assertThat(idle.readError()).isEqualTo("57P01");
            assertThat(busy.readError()).isEqualTo("57P01");
            Eventually.holds("no server connection is left", () -> fixture.server.open() == 0);
            assertThat(row(console, "SHOW DATABASES")).containsEntry("paused", "1");
        }
    }

    @Test
    void killsOneClientByItsNumber() throws Exception {
        wake();
        try (var doomed = client();
                var spared = client();
                var console = admin()) {
            run(console, "KILL_CLIENT " + doomed.key().processId());
            assertThat(doomed.readError()).isEqualTo("57P01");
            assertThat(spared.query("SELECT one")).endsWith("TDCZ");
        }
    }

    @Test
    void letsNobodyNewIntoADisabledDatabase() throws Exception {
        wake();
        try (var inside = client();
                var console = admin()) {
            run(console, "DISABLE " + DATABASE);
            assertThatThrownBy(() -> fixture.connect()).satisfies(state("55000"));
            assertThat(inside.query("SELECT one")).endsWith("TDCZ");
            run(console, "ENABLE " + DATABASE);
            fixture.connect().close();
        }
    }

    @Test
    void replacesServerConnectionsAndSaysWhenThatIsDone() throws Exception {
        wake();
        try (var busy = client();
                var console = admin()) {
            busy.query("BEGIN");
            busy.query("SELECT one");
            run(console, "RECONNECT " + DATABASE);
            assertThat(row(console, "SHOW SERVERS")).containsEntry("close_needed", "1");
            var closed = aside("WAIT_CLOSE");
            assertThat(busy.query("COMMIT")).isEqualTo("CZ");
            closed.get(10, TimeUnit.SECONDS);
            assertThat(busy.query("SELECT two")).isEqualTo("TDCZ");
            assertThat(fixture.server.logins).hasValue(2);
        }
    }

    @Test
    void endsTheProcessWhenTheLastClientHasLeft() throws Exception {
        wake();
        var ended = fixture.proxy.ended().toCompletableFuture();
        try (var app = client();
                var console = admin()) {
            run(console, "SHUTDOWN WAIT_FOR_CLIENTS");
            assertThat(app.query("SELECT one")).endsWith("TDCZ");
            assertThat(ended).isNotDone();
        }
        ended.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> fixture.connect()).isInstanceOf(SQLException.class);
    }

    @Test
    void endsTheProcessWhenNoServerConnectionIsInUse() throws Exception {
        wake();
        var ended = fixture.proxy.ended().toCompletableFuture();
        try (var app = client();
                var console = admin()) {
            app.query("BEGIN");
            app.query("SELECT one");
            run(console, "SHUTDOWN WAIT_FOR_SERVERS");
            assertThat(ended).isNotDone();
            app.query("COMMIT");
            ended.get(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PAUSE nowhere, 3D000",
        "PAUSE pgbouncer, 0A000",
        "RESUME, 55000",
        "RESUME orders-shop, 55000",
        "KILL_CLIENT x, 22023",
        "KILL_CLIENT 1, 42704",
        "SHUTDOWN SOON, 42601"
    })
    void saysWhyItDoesNot(String statement, String code) throws Exception {
        try (var console = admin()) {
            assertThatThrownBy(() -> run(console, statement)).satisfies(state(code));
        }
    }

    @Test
    void losesNothingUnderLoadThatIsPausedAgainAndAgain() throws Exception {
        wake();
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        var workers = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 8; i++) {
            workers.add(CompletableFuture.supplyAsync(
                    () -> {
                        try (var app = fixture.connect()) {
                            int done = 0;
                            while (!stop.get()) {
                                assertThat(ask(app, "SELECT mine")).isEqualTo("answer to SELECT mine");
                                done++;
                            }
                            return done;
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Thread::startVirtualThread));
        }
        try (var console = admin()) {
            for (int i = 0; i < 10; i++) {
                run(console, "PAUSE");
                Eventually.holds("no server connection is left", () -> fixture.server.open() == 0);
                run(console, "RESUME");
                Eventually.holds("work goes on", () -> fixture.server.open() > 0);
            }
        }
        stop.set(true);
        for (var worker : workers) {
            assertThat(worker.get(20, TimeUnit.SECONDS)).isPositive();
        }
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> state(String code) {
        return problem -> assertThat(problem)
                .isInstanceOfSatisfying(
                        SQLException.class, it -> assertThat(it.getSQLState()).isEqualTo(code));
    }
}
