package dev.railwaypostgres.proxy;

import static dev.railwaypostgres.proxy.ProxyFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Sessions that outlive the sleep of their database. */
class ParkedSessionTest {
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    /** As the operator does it: everybody parks, then nobody gets in. */
    private void suspend() throws Exception {
        fixture.phase(Readiness.SUSPENDING);
        Eventually.holds("the session has given its server back", () -> fixture.server.open() == 0);
        fixture.server.sleep();
        fixture.phase(Readiness.ASLEEP);
    }

    @Test
    void givesItsServerBackAndWakesTheDatabaseWithItsNextStatement() throws Exception {
        try (var connection = fixture.connect()) {
            ask(connection, "SELECT 1st");
            suspend();
            fixture.operator.wakes.clear();
            assertThat(ask(connection, "SELECT 2nd")).isEqualTo("answer to SELECT 2nd");
        }
        assertThat(fixture.operator.wakes).hasSize(1);
        assertThat(fixture.operator.holds).isEmpty();
    }

    @Test
    void findsItsSettingsAgain() throws Exception {
        try (var connection = fixture.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET work_mem = '7MB'");
            statement.execute("SET search_path TO tenant");
            suspend();
            assertThat(ask(connection, "SHOW work_mem")).isEqualTo("7MB");
            assertThat(ask(connection, "SHOW search_path")).isEqualTo("tenant");
        }
    }

    @Test
    void forgetsASettingThatWasRolledBack() throws Exception {
        try (var connection = fixture.connect()) {
            try (var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("SET work_mem = '7MB'");
                connection.rollback();
                connection.setAutoCommit(true);
            }
            suspend();
            assertThat(ask(connection, "SHOW work_mem")).isEmpty();
        }
    }

    @Test
    void findsItsPreparedStatementsAgain() throws Exception {
        try (var connection = fixture.connect();
                var prepared = connection.prepareStatement("SELECT prepared")) {
            connection.unwrap(PGConnection.class).setPrepareThreshold(1);
            prepared.unwrap(org.postgresql.PGStatement.class).setPrepareThreshold(1);
            for (int i = 0; i < 3; i++) {
                prepared.executeQuery().close();
            }
            suspend();
            try (var rows = prepared.executeQuery()) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("answer to SELECT prepared");
            }
        }
        assertThat(fixture.server.sessions.getLast().prepared).containsValue("SELECT prepared");
    }

    @Test
    void hearsOfANewVersionBeforeTheFirstAnswerOfIt() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.query("SELECT 1st");
            suspend();
            fixture.server.version = "18.4";
            client.sendQuery("SELECT 2nd");
            assertThat(client.message()).isEqualTo(new BackendMessage.ParameterStatus("server_version", "18.4"));
            assertThat(client.answer()).isEqualTo("TDCZ");
            assertThat(client.query("SELECT 3rd")).isEqualTo("TDCZ");
        }
    }

    @Test
    void holdsTheDatabaseAwakeForATemporaryTable() throws Exception {
        try (var connection = fixture.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE t (i int)");
            fixture.phase(Readiness.SUSPENDING);
            Eventually.holds("the operator is told", () -> !fixture.operator.holds.isEmpty());
            assertThat(fixture.operator.holds).containsExactly("temporary objects");
            assertThat(fixture.server.open()).isEqualTo(1);
        }
    }

    @Test
    void holdsTheDatabaseAwakeForAnOpenTransactionAndParksAfterIt() throws Exception {
        try (var connection = fixture.connect()) {
            connection.setAutoCommit(false);
            ask(connection, "SELECT 1st");
            fixture.phase(Readiness.SUSPENDING);
            Eventually.holds("the operator is told", () -> !fixture.operator.holds.isEmpty());
            assertThat(fixture.server.open()).isEqualTo(1);
            connection.commit();
            Eventually.holds("the session has given its server back", () -> fixture.server.open() == 0);
        }
    }

    @Test
    void holdsNewWorkWhileTheDatabaseIsBeingSuspended() throws Exception {
        try (var connection = fixture.connect()) {
            ask(connection, "SELECT 1st");
            fixture.operator.onWake = () -> fixture.phase(Readiness.AWAKE);
            fixture.phase(Readiness.SUSPENDING);
            Eventually.holds("the session has given its server back", () -> fixture.server.open() == 0);
            assertThat(ask(connection, "SELECT 2nd")).isEqualTo("answer to SELECT 2nd");
        }
        assertThat(fixture.operator.wakes).hasSize(1);
    }

    @Test
    void doesNotNoticeWhenItsIdleServerIsTerminated() throws Exception {
        try (var connection = fixture.connect()) {
            ask(connection, "SELECT 1st");
            fixture.server.sessions.getFirst().terminate();
            assertThat(ask(connection, "SELECT 2nd")).isEqualTo("answer to SELECT 2nd");
        }
    }

    @Test
    void endsWithTheReasonWhenWhatItHeldIsLost() throws Exception {
        try (var connection = fixture.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE t (i int)");
            fixture.server.sessions.getFirst().cut();
            assertThatThrownBy(() -> statement.execute("SELECT 2nd"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            problem -> assertThat(problem.getSQLState()).isIn("57P01", "08006"));
        }
    }

    @Test
    void goesOnAfterAStatementThatItsServerDidNotAnswer() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.sendQuery("DIE");
            assertThat(client.readError()).isEqualTo("57P01");
            assertThat(client.answer()).isEqualTo("Z");
            assertThat(client.query("SELECT 2nd")).contains("TDCZ");
        }
        assertThat(fixture.server.statements).containsOnlyOnce("DIE");
    }

    @Test
    void endsWhenItsTransactionIsLost() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.query("BEGIN");
            client.sendQuery("DIE");
            assertThat(client.readError()).isEqualTo("57P01");
            assertThat(client.read()).isEqualTo(-1);
        }
    }
}
