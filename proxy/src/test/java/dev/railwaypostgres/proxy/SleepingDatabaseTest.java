package dev.railwaypostgres.proxy;

import static dev.railwaypostgres.proxy.ProxyFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients of a sleeping database see. */
class SleepingDatabaseTest {
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture(Duration.ofMillis(1_500));
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void logsInWithoutAWake() throws Exception {
        try (var connection = fixture.connect()) {
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("17.11");
        }
        assertThat(fixture.operator.wakes).isEmpty();
    }

    @Test
    void wakesForTheFirstStatementAndAnswersIt() throws Exception {
        try (var connection = fixture.connect()) {
            assertThat(ask(connection, "SELECT now")).isEqualTo("answer to SELECT now");
        }
        assertThat(fixture.operator.wakes)
                .singleElement()
                .satisfies(visitor -> assertThat(visitor.role()).isEqualTo("app"));
    }

    @Test
    void answersSettingsByItselfAndRepeatsThemOnTheServer() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            assertThat(client.query("SET statement_timeout = 5000")).isEqualTo("CZ");
            assertThat(client.query("SET application_name = 'later'")).isEqualTo("CSZ");
            assertThat(client.query("SHOW TimeZone")).isEqualTo("TDCZ");
            assertThat(client.query("")).isEqualTo("IZ");
            assertThat(fixture.operator.wakes).isEmpty();
            assertThat(client.query("SELECT now")).contains("TDCZ");
        }
        assertThat(fixture.server.sessions.getFirst().settings)
                .containsEntry("statement_timeout", "5000")
                .containsEntry("application_name", "later");
    }

    @Test
    void wakesOnceForManyClientsAndAnswersThemAll() throws Exception {
        fixture.pooling(ProxyFixture.limits(20, 1000, Duration.ofSeconds(20)), Readiness.ASLEEP);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<String>>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit((Callable<String>) () -> {
                    try (var connection = fixture.connect()) {
                        return ask(connection, "SELECT mine");
                    }
                }));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("answer to SELECT mine");
            }
        }
        assertThat(fixture.operator.wakes).hasSize(1);
    }

    @Test
    void tellsWhoeverWaitsTooLongAndKeepsTheSession() throws Exception {
        fixture.operator.onWake = () -> {};
        try (var connection = fixture.connect();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT now"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            problem -> assertThat(problem.getSQLState()).isEqualTo("57P03"));
            assertThat(statement.getWarnings().getMessage()).contains("waking up");
            fixture.server.wake();
            assertThat(ask(connection, "SELECT now")).isEqualTo("answer to SELECT now");
        }
    }

    @Test
    void waitsWhileTheServerIsStillStarting() throws Exception {
        fixture.server.isStarting = true;
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
        fixture.operator.onWake = () -> fixture.server.isStarting = false;
        try (var connection = fixture.connect()) {
            assertThat(ask(connection, "SELECT now")).isEqualTo("answer to SELECT now");
        }
        assertThat(fixture.operator.wakes).hasSize(1);
    }

    @Test
    void asksNoWakeForADatabaseThatItsOwnerHasPutToSleep() throws Exception {
        var asleep = fixture.route(Readiness.ASLEEP);
        fixture.routes.feed(new Route(
                asleep.database(),
                asleep.databaseName(),
                asleep.endpoint(),
                asleep.readiness(),
                asleep.address(),
                true,
                asleep.pooling()));
        try (var connection = fixture.connect()) {
            assertThatThrownBy(() -> ask(connection, "SELECT now"))
                    .hasMessageContaining("suspended by its owner")
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            problem -> assertThat(problem.getSQLState()).isEqualTo("57P03"));
        }
        assertThat(fixture.operator.wakes).isEmpty();
    }

    @Test
    void forgetsAClientThatLeavesWhileItWaits() throws Exception {
        fixture.operator.onWake = () -> {};
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.sendQuery("SELECT now");
            Eventually.holds("a wake is asked for", () -> !fixture.operator.wakes.isEmpty());
        }
        fixture.server.wake();
        try (var connection = fixture.connect()) {
            assertThat(ask(connection, "SELECT now")).isEqualTo("answer to SELECT now");
        }
        assertThat(fixture.server.statements).containsOnlyOnce("SELECT now");
        assertThat(fixture.server.open()).isEqualTo(1);
    }

    @Test
    void cancelsTheWaitOfAClientThatChangesItsMind() throws Exception {
        fixture.operator.onWake = () -> {};
        try (var client = new RawClient(fixture.proxy.port())) {
            client.logIn();
            client.sendQuery("SELECT now");
            Eventually.holds("a wake is asked for", () -> !fixture.operator.wakes.isEmpty());
            client.cancelFromElsewhere();
            assertThat(client.readError()).isEqualTo("57014");
            assertThat(client.answer()).isEqualTo("Z");
            assertThat(client.query("SHOW TimeZone")).contains("TDCZ");
        }
    }
}
