package dev.railwaypostgres.proxy;

import static dev.railwaypostgres.proxy.ProxyFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
        var crowd = crowd(500);
        try {
            for (var client : crowd) {
                client.sendQuery("SELECT mine");
            }
            for (var client : crowd) {
                assertThat(client.answer()).endsWith("TDCZ");
            }
        } finally {
            for (var client : crowd) {
                client.close();
            }
        }
        assertThat(fixture.operator.wakes).hasSize(1);
        assertThat(fixture.server.logins.get()).isBetween(1, 20);
    }

    /** All logged in, a few at a time: that is no test of logins. */
    private List<RawClient> crowd(int size) throws Exception {
        try (var threads = Executors.newFixedThreadPool(20)) {
            var crowd = new ArrayList<RawClient>();
            for (var login : threads.invokeAll(Collections.<Callable<RawClient>>nCopies(size, this::loggedIn))) {
                crowd.add(login.get());
            }
            return crowd;
        }
    }

    private RawClient loggedIn() throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.logIn();
        return client;
    }

    @Test
    void wakesForThoseWhoStayWhenOthersLeaveOrCancel() throws Exception {
        var isTime = new CountDownLatch(1);
        fixture.operator.onWake = () -> {
            await(isTime);
            fixture.server.wake();
        };
        try (var cancelling = loggedIn();
                var staying = loggedIn()) {
            try (var leaving = loggedIn()) {
                leaving.sendQuery("SELECT of the first");
                Eventually.holds("a wake is asked for", () -> !fixture.operator.wakes.isEmpty());
                cancelling.sendQuery("SELECT of the second");
                staying.sendQuery("SELECT of the third");
            }
            cancelling.cancelFromElsewhere();
            assertThat(cancelling.readError()).isEqualTo("57014");
            isTime.countDown();
            assertThat(staying.answer()).endsWith("TDCZ");
        }
        assertThat(fixture.operator.wakes).hasSize(1);
        assertThat(fixture.server.statements)
                .contains("SELECT of the third")
                .doesNotContain("SELECT of the first", "SELECT of the second");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void servesTheClientsOfOneDatabaseWhileAnotherDoesNotWake() throws Exception {
        fixture.operator.onWake = () -> {};
        fixture.server.wake();
        var awake = fixture.route(Readiness.AWAKE);
        var asleep = new DatabaseRef("shop", "stuck");
        fixture.routes.feed(
                awake,
                new Route(
                        asleep,
                        "stuck",
                        asleep.endpoint(),
                        Readiness.ASLEEP,
                        new Address("127.0.0.1", 1),
                        false,
                        awake.pooling()));
        try (var waiting = new RawClient(fixture.proxy.port());
                var other = loggedIn()) {
            waiting.encrypt(null);
            waiting.startup(Map.of("user", FakeServer.ROLE, "database", "stuck"));
            waiting.authenticate(FakeServer.PASSWORD);
            waiting.sendQuery("SELECT now");
            Eventually.holds("a wake is asked for", () -> !fixture.operator.wakes.isEmpty());
            assertThat(other.query("SELECT meanwhile")).isEqualTo("TDCZ");
            assertThat(waiting.readError()).isEqualTo("57P03");
            assertThat(other.query("SELECT afterwards")).isEqualTo("TDCZ");
        }
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
    void hearsThatItWakesUpAndNotThatTheServerStillStarts() throws Exception {
        fixture.server.isStarting = true;
        try (var client = loggedIn()) {
            client.sendQuery("SELECT now");
            assertThat(client.message()).isInstanceOf(BackendMessage.NoticeResponse.class);
            fixture.server.isStarting = false;
            assertThat(client.answer()).isEqualTo("TDCZ");
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
