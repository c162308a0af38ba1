package dev.railwaypostgres.playground.proxy;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.playground.binaries.PostgresTools;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/** Real clients, a real server, real sleep. */
class RealServerIT {
    @TempDir
    private static Path folder;

    private static ProxyScene scene;

    @BeforeAll
    static void start() throws Exception {
        scene = new ProxyScene(folder);
    }

    @AfterAll
    static void end() throws Exception {
        scene.end();
    }

    @BeforeEach
    void forget() {
        scene.wakes.clear();
        scene.holds.clear();
    }

    private static String ask(Connection connection, String statement) throws SQLException {
        try (var asked = connection.createStatement();
                var rows = asked.executeQuery(statement)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void keepsTheSessionOfPgjdbcThroughASleep() throws Exception {
        try (var connection = scene.connect();
                var statement = connection.createStatement();
                var prepared = connection.prepareStatement("SELECT ?::int + 1")) {
            prepared.unwrap(PGStatement.class).setPrepareThreshold(1);
            statement.execute("SET search_path TO tenant, public");
            statement.execute("SET TIME ZONE 'Asia/Tokyo'");
            for (int i = 0; i < 3; i++) {
                prepared.setInt(1, i);
                prepared.executeQuery().close();
            }
            scene.suspend();
            scene.wakes.clear();
            prepared.setInt(1, 41);
            try (var rows = prepared.executeQuery()) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
            assertThat(ask(connection, "SHOW search_path")).isEqualTo("tenant, public");
            assertThat(ask(connection, "SHOW TimeZone")).isEqualTo("Asia/Tokyo");
        }
        assertThat(scene.wakes).hasSize(1);
        assertThat(scene.holds).isEmpty();
    }

    @Test
    void keepsAnOpenPsqlThroughASleep() throws Exception {
        var psql = new ProcessBuilder(
                        PostgresTools.standard(_ -> {}).psql().toString(),
                        "-X",
                        "-A",
                        "-t",
                        "-q",
                        "host=127.0.0.1 port=" + scene.port() + " dbname=app user=app password=owner")
                .redirectErrorStream(true)
                .start();
        try (var type = new BufferedWriter(psql.outputWriter(StandardCharsets.UTF_8));
                var screen = new BufferedReader(psql.inputReader(StandardCharsets.UTF_8))) {
            assertThat(typed("SELECT 'first';", type, screen)).isEqualTo("first");
            assertThat(typed("SET work_mem = '7MB'; SHOW work_mem;", type, screen))
                    .isEqualTo("7MB");
            scene.suspend();
            assertThat(typed("SHOW work_mem;", type, screen)).isEqualTo("7MB");
            assertThat(typed("SELECT 'second';", type, screen)).isEqualTo("second");
        } finally {
            psql.destroy();
        }
    }

    /** Types a line and returns the next line that is no notice. */
    private static String typed(String line, BufferedWriter type, BufferedReader screen) throws IOException {
        type.write(line + "\n");
        type.flush();
        var answer = screen.readLine();
        while (answer != null && (answer.startsWith("NOTICE") || answer.isBlank())) {
            answer = screen.readLine();
        }
        return String.valueOf(answer);
    }

    @Test
    void cancelsAStatement() throws Exception {
        try (var connection = scene.connect();
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ask(connection, "SELECT 1");
            Future<?> sleeping = threads.submit(() -> statement.execute("SELECT pg_sleep(60)"));
            eventually(() -> {
                statement.cancel();
                assertThat(sleeping.isDone()).isTrue();
            });
            assertThatThrownBy(sleeping::get)
                    .hasCauseInstanceOf(SQLException.class)
                    .hasMessageContaining("canceling statement due to user request");
            assertThat(ask(connection, "SELECT 2")).isEqualTo("2");
        }
    }

    @Test
    void recallsWhatWasInsertedAsLongAsThereAreServerConnectionsForAll() throws Exception {
        try (var one = scene.connect();
                var other = scene.connect()) {
            run(one, "CREATE TABLE drawn (id serial)");
            haveAServerConnectionEach(one, other);
            for (int i = 1; i < 10; i += 2) {
                run(one, "INSERT INTO drawn DEFAULT VALUES");
                run(other, "INSERT INTO drawn DEFAULT VALUES");
                assertThat(ask(one, "SELECT lastval()")).isEqualTo(Integer.toString(i));
                assertThat(ask(other, "SELECT lastval()")).isEqualTo(Integer.toString(i + 1));
            }
            run(one, "DROP TABLE drawn");
        }
    }

    private static void haveAServerConnectionEach(Connection one, Connection other) throws SQLException {
        one.setAutoCommit(false);
        ask(one, "SELECT count(*) FROM pg_class WHERE oid = 0");
        ask(other, "SELECT count(*) FROM pg_class WHERE oid = 0");
        one.commit();
        one.setAutoCommit(true);
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    @Test
    void copiesBothWays() throws Exception {
        try (var connection = scene.connect();
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS copied");
            statement.execute("CREATE TABLE copied (line text)");
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            var lines = "a line of some length\n".repeat(200_000);
            assertThat(copy.copyIn("COPY copied FROM STDIN", new StringReader(lines)))
                    .isEqualTo(200_000);
            var back = new StringWriter();
            copy.copyOut("COPY copied TO STDOUT", back);
            assertThat(back.toString()).isEqualTo(lines);
            assertThatThrownBy(() -> copy.copyIn("COPY nowhere FROM STDIN", new StringReader(lines)))
                    .isInstanceOf(SQLException.class);
            assertThat(ask(connection, "SELECT count(*) FROM copied")).isEqualTo("200000");
        }
    }

    @Test
    void parksAfterACopyByPgjdbc() throws Exception {
        try (var connection = scene.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS parked (line text)");
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY parked FROM STDIN", new StringReader("x\n"));
            scene.suspend();
            assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
        }
        assertThat(scene.holds).isEmpty();
    }

    @Test
    void takesATerminatedIdleServerForNothing() throws Exception {
        try (var connection = scene.connect()) {
            var process = ask(connection, "SELECT pg_backend_pid()");
            scene.directly("SELECT pg_terminate_backend(" + process + ", 5000)");
            assertThat(ask(connection, "SELECT 2")).isEqualTo("2");
        }
    }

    @Test
    void goesOnAfterErrorsOfTheServer() throws Exception {
        try (var connection = scene.connect();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT 1/0"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            problem -> assertThat(problem.getSQLState()).isEqualTo("22012"));
            assertThat(ask(connection, "SELECT 2")).isEqualTo("2");
        }
    }

    @Test
    void holdsTheDatabaseAwakeForATemporaryTable() throws Exception {
        try (var connection = scene.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE mine (i int)");
            scene.phase(Readiness.SUSPENDING);
            eventually(() -> assertThat(scene.holds).containsExactly("temporary objects"));
            scene.phase(Readiness.AWAKE);
            assertThat(ask(connection, "SELECT count(*) FROM mine")).isEqualTo("0");
            statement.execute("DISCARD ALL");
            scene.phase(Readiness.SUSPENDING);
            eventually(() -> assertThat(scene.openSessions()).isEqualTo(1));
        } finally {
            scene.phase(Readiness.AWAKE);
        }
    }
}
