package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.route.PoolPolicy.Patience;
import dev.railwaypostgres.proxy.route.PoolPolicy.RolePolicy;
import dev.railwaypostgres.proxy.route.PoolPolicy.Size;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every limit of a database's pooling: when it acts, when it does not, and what clients are told. */
class LimitsTest {
    private static final String REPORTS = "reports";
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(10);

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
        fixture.operator.role(REPORTS, FakeServer.VERIFIER);
        fixture.server.wake();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private static PoolPolicy one(RolePolicy ofReports) {
        return PoolPolicy.defaults().with(Map.of(REPORTS, ofReports));
    }

    private static PoolPolicy patience(Duration idleInTransaction, Duration clientIdle) {
        return PoolPolicy.defaults().with(new Patience(LONG, idleInTransaction, clientIdle, LONG, LONG));
    }

    private void limits(PoolPolicy policy) {
        fixture.pooling(policy, Readiness.AWAKE);
    }

    private RawClient client(String role) throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.encrypt(null);
        client.startup(Map.of("user", role, "database", "app"));
        client.authenticate(FakeServer.PASSWORD);
        return client;
    }

    private RawClient client() throws Exception {
        return client(FakeServer.ROLE);
    }

    private static @Nullable String nextError(RawClient client) throws Exception {
        while (true) {
            if (client.message() instanceof BackendMessage.ErrorResponse(var fields)) {
                return fields.sqlState().code() + " " + fields.message();
            }
        }
    }

    // ---- Clients.

    @Test
    void letsARoleHaveAsManyClientsAsItMayAndOthersMore() throws Exception {
        limits(one(new RolePolicy(null, null, 1)));
        try (var only = client(REPORTS);
                var _ = client();
                var _ = client()) {
            assertThatThrownBy(() -> client(REPORTS)).hasMessage("53300");
            assertThat(only.query("SELECT mine")).isEqualTo("TDCZ");
        }
        Eventually.holds("the one before has left", () -> {
            try (var next = client(REPORTS)) {
                return next.query("").equals("IZ");
            } catch (java.io.IOException refused) {
                return false;
            }
        });
    }

    @Test
    void saysWhichRoleHasTooManyClients() throws Exception {
        limits(one(new RolePolicy(null, null, 1)));
        var properties = new java.util.Properties();
        properties.setProperty("user", REPORTS);
        properties.setProperty("password", FakeServer.PASSWORD);
        properties.setProperty("sslmode", "require");
        try (var _ = client(REPORTS)) {
            assertThatThrownBy(() -> fixture.connect("app", properties))
                    .hasMessageContaining("too many connections for role \"reports\"")
                    .hasMessageContaining("spec.pooling.roles");
        }
    }

    @Test
    void countsAllRolesForTheDatabasesOwnLimit() throws Exception {
        limits(PoolPolicy.defaults().with(new Size(20, 0, LONG, 2)));
        try (var _ = client();
                var _ = client(REPORTS)) {
            assertThatThrownBy(this::client).hasMessage("53300");
            assertThatThrownBy(() -> client(REPORTS)).hasMessage("53300");
        }
    }

    @Test
    void wakesNothingForAClientTooMany() throws Exception {
        fixture.pooling(one(new RolePolicy(null, null, 1)), Readiness.ASLEEP);
        try (var _ = client(REPORTS)) {
            assertThatThrownBy(() -> client(REPORTS)).hasMessage("53300");
        }
        assertThat(fixture.operator.wakes).isEmpty();
    }

    // ---- Server connections.

    @Test
    void letsARoleHaveAsManyServerConnectionsAsItMayWhileOthersGetTheirs() throws Exception {
        limits(one(new RolePolicy(null, 1, null)));
        try (var holder = client(REPORTS);
                var waiting = client(REPORTS);
                var other = client()) {
            holder.query("BEGIN");
            holder.query("SELECT held");
            waiting.sendQuery("SELECT waited");
            assertThat(other.query("SELECT beside")).isEqualTo("TDCZ");
            assertThat(fixture.server.statements).doesNotContain("SELECT waited");
            holder.query("COMMIT");
            assertThat(waiting.answer()).isEqualTo("TDCZ");
        }
    }

    @Test
    void closesAnIdleServerConnectionOfTheRoleForAnotherKindOfItsOwn() throws Exception {
        limits(one(new RolePolicy(null, 1, null)));
        try (var client = client(REPORTS)) {
            client.query("SELECT first");
            try (var other = new RawClient(fixture.proxy.port())) {
                other.encrypt(null);
                other.startup(Map.of("user", REPORTS, "database", "app", "options", "-c work_mem=1MB"));
                other.authenticate(FakeServer.PASSWORD);
                assertThat(other.query("SELECT second")).isEqualTo("TDCZ");
                Eventually.holds("the first has made room", () -> fixture.server.open() == 1);
            }
        }
    }

    @Test
    void refusesTheStatementOfARoleThatWaitsTooLongForItsServerConnection() throws Exception {
        limits(one(new RolePolicy(null, 1, null)).with(new Patience(SOON, Duration.ZERO, Duration.ZERO, LONG, LONG)));
        try (var holder = client(REPORTS);
                var waiting = client(REPORTS)) {
            holder.query("BEGIN");
            holder.query("SELECT held");
            waiting.sendQuery("SELECT waited");
            assertThat(nextError(waiting)).startsWith("53300 no server connection became free");
            assertThat(waiting.answer()).isEqualTo("Z");
            holder.query("COMMIT");
            assertThat(waiting.query("SELECT again")).isEqualTo("TDCZ");
        }
    }

    @Test
    void letsARoleKeepItsServerConnectionIfItIsPooledBySession() throws Exception {
        limits(one(new RolePolicy(PoolPolicy.Mode.SESSION, null, null)));
        try (var keeper = client(REPORTS)) {
            keeper.query("SELECT first");
            try (var other = client(REPORTS)) {
                other.query("SELECT second");
            }
            assertThat(fixture.server.logins).hasValue(2);
        }
    }

    @Test
    void opensTheReserveForWhoeverHasWaitedForLong() throws Exception {
        limits(PoolPolicy.defaults().with(new Size(1, 1, SOON, 100)));
        try (var holder = client();
                var waiting = client()) {
            holder.query("BEGIN");
            holder.query("SELECT held");
            long since = System.nanoTime();
            assertThat(waiting.query("SELECT by the reserve")).isEqualTo("TDCZ");
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(SOON);
            assertThat(fixture.server.open()).isEqualTo(2);
        }
    }

    @Test
    void closesServerConnectionsThatNobodyUses() throws Exception {
        limits(PoolPolicy.defaults().with(new Patience(LONG, Duration.ZERO, Duration.ZERO, SOON, LONG)));
        try (var client = client()) {
            client.query("SELECT first");
            Eventually.holds("the server connection is closed", () -> fixture.server.open() == 0);
            assertThat(client.query("SELECT second")).isEqualTo("TDCZ");
        }
    }

    @Test
    void replacesServerConnectionsThatAreOldOnceTheyAreFree() throws Exception {
        limits(PoolPolicy.defaults().with(new Patience(LONG, Duration.ZERO, Duration.ZERO, LONG, SOON)));
        try (var client = client()) {
            client.query("BEGIN");
            client.query("SELECT first");
            long since = System.nanoTime();
            Eventually.holds(
                    "it is old",
                    () -> System.nanoTime() - since > SOON.multipliedBy(3).toNanos());
            assertThat(client.query("SELECT in the same transaction")).isEqualTo("TDCZ");
            assertThat(fixture.server.logins).hasValue(1);
            client.query("COMMIT");
            Eventually.holds("the old one is closed", () -> fixture.server.open() == 0);
            assertThat(client.query("SELECT next")).isEqualTo("TDCZ");
        }
        assertThat(fixture.server.logins).hasValue(2);
    }

    // ---- Silence.

    @Test
    void endsASessionThatLeavesItsTransactionOpen() throws Exception {
        limits(patience(SOON, Duration.ZERO));
        try (var client = client()) {
            client.query("BEGIN");
            client.query("SELECT first");
            assertThat(nextError(client)).isEqualTo("25P03 terminating connection due to idle-in-transaction timeout");
            assertThat(client.read()).isEqualTo(-1);
        }
        Eventually.holds(
                "the transaction is over",
                () -> fixture.server.open() == 0 || fixture.server.statements.contains("ROLLBACK"));
    }

    @Test
    void endsASessionWhoseTransactionHasNotReachedAServerYet() throws Exception {
        fixture.pooling(patience(SOON, Duration.ZERO), Readiness.ASLEEP);
        fixture.server.sleep();
        try (var client = client()) {
            assertThat(client.query("BEGIN")).isEqualTo("CZ");
            assertThat(nextError(client)).startsWith("25P03");
        }
        assertThat(fixture.operator.wakes).isEmpty();
    }

    @Test
    void doesNotEndATransactionWhoseStatementRuns() throws Exception {
        limits(patience(SOON, SOON));
        var begun = System.nanoTime();
        fixture.server.answers.put("SELECT slowly", session -> {
            while (System.nanoTime() - begun < Duration.ofSeconds(3).toNanos()) {
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(20).toNanos());
            }
            session.send(
                    new BackendMessage.CommandComplete("SELECT 0"),
                    new BackendMessage.ReadyForQuery(dev.railwaypostgres.postgres.TransactionStatus.IN_TRANSACTION));
        });
        try (var client = client()) {
            client.query("BEGIN");
            assertThat(client.query("SELECT slowly")).isEqualTo("CZ");
        }
    }

    @Test
    void sendsAClientAwayThatIsSilentOutsideOfATransaction() throws Exception {
        limits(patience(Duration.ZERO, SOON));
        try (var client = client()) {
            client.query("SELECT first");
            assertThat(nextError(client)).isEqualTo("57P05 terminating connection due to idle-session timeout");
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void countsNoSilenceWithinATransactionAsAnIdleClient() throws Exception {
        limits(patience(Duration.ZERO, SOON));
        try (var silent = client();
                var client = client()) {
            client.query("BEGIN");
            client.query("SELECT first");
            assertThat(nextError(silent)).startsWith("57P05");
            assertThat(client.query("SELECT second")).isEqualTo("TDCZ");
        }
    }
}
