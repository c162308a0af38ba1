package dev.railwaypostgres.proxy;

import static dev.railwaypostgres.proxy.ProxyFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people learn who ask why a database is awake. */
class WhyAwakeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private RawClient client() throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.logIn();
        return client;
    }

    private JsonNode why() throws Exception {
        var page = ManagementPage.of(fixture.proxy, "/v1/why?database=shop/orders");
        assertThat(page.status()).isEqualTo(200);
        return JSON.readTree(page.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT 1 FROM secrets           | SELECT
                    EXPLAIN SELECT 1                | EXPLAIN
                    /* who */ update t SET a = 1    | UPDATE
                    COPY t FROM STDIN               | COPY
                    """)
    void tellsTheOperatorWhatKindOfStatementWakes(String text, String kind) throws Exception {
        try (var client = client()) {
            client.query(text);
        }
        assertThat(fixture.operator.wakes).extracting(Visitor::statement).containsExactly(kind);
    }

    @Test
    void knowsWhatAPreparedStatementDoes() throws Exception {
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
        try (var client = client()) {
            client.send(new FrontendMessage.Parse("mine", "DELETE FROM t", List.of()), new FrontendMessage.Sync());
            client.answer();
            sleep();
            client.send(
                    new FrontendMessage.Bind("", "mine", FrontendMessage.Arguments.NONE, List.of()),
                    new FrontendMessage.Execute("", 0),
                    new FrontendMessage.Sync());
            client.answer();
        }
        assertThat(fixture.operator.wakes).extracting(Visitor::statement).containsExactly("DELETE");
    }

    private void sleep() throws Exception {
        fixture.phase(Readiness.SUSPENDING);
        Eventually.holds("nobody is connected", () -> fixture.server.open() == 0);
        fixture.server.sleep();
        fixture.phase(Readiness.ASLEEP);
    }

    @Test
    void namesWhoHasWokenItAndHowLongThatTook() throws Exception {
        try (var connection = fixture.connect()) {
            ask(connection, "SELECT card_number FROM customers");
            var wake = why().get("wakes").get(0);
            assertThat(wake.get("application").asText()).isEqualTo("test");
            assertThat(wake.get("role").asText()).isEqualTo("app");
            assertThat(wake.get("client").asText()).startsWith("127.0.0.1:");
            assertThat(wake.get("statement").asText()).isEqualTo("SELECT");
            assertThat(wake.get("at").asText()).startsWith("20");
            assertThat(wake.get("milliseconds").asLong()).isPositive();
            assertThat(why().toString()).doesNotContain("card_number");
        }
    }

    @Test
    void showsWhoWaitsForAWakeThatDoesNotCome() throws Exception {
        fixture.operator.onWake = () -> {};
        try (var client = client()) {
            client.sendQuery("INSERT INTO t VALUES (1)");
            Eventually.holds("a wake is asked for", () -> !fixture.operator.wakes.isEmpty());
            var why = why();
            assertThat(why.get("awake").asBoolean()).isFalse();
            assertThat(why.get("wakes").get(0).has("milliseconds")).isFalse();
            assertThat(why.get("sessions").get(0).get("state").asText()).isEqualTo("waking");
            assertThat(why.get("sessions").get(0).get("statement").asText()).isEqualTo("INSERT");
        }
    }

    @Test
    void showsSessionsThatWorkBeforeThoseThatHaveWorked() throws Exception {
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
        try (var earlier = client();
                var listening = client();
                var open = client();
                var _ = client()) {
            earlier.query("UPDATE t SET a = 1");
            listening.query("LISTEN news");
            open.query("BEGIN");
            open.query("SELECT now");
            var sessions = why().get("sessions");
            assertThat(sessions).hasSize(3);
            assertThat(sessions.findValuesAsText("state")).containsExactly("in_transaction", "pinned", "parked");
            assertThat(sessions.findValuesAsText("statement")).containsExactly("SELECT", "LISTEN", "UPDATE");
            assertThat(sessions.get(1).get("pin").asText()).isEqualTo("LISTEN");
            assertThat(sessions.get(2).get("transactions").asInt()).isEqualTo(1);
        }
    }

    @Test
    void remembersThoseThatComeAndGo() throws Exception {
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
        for (int i = 0; i < 3; i++) {
            try (var connection = fixture.connect()) {
                ask(connection, "SELECT now");
            }
        }
        try (var _ = client()) {
            Eventually.holds(
                    "all have left",
                    () -> why().get("departed").size() == 1
                            && why().get("departed").get(0).get("sessions").asInt() == 3);
        }
        var departed = why().get("departed").get(0);
        assertThat(departed.get("application").asText()).isEqualTo("test");
        assertThat(departed.get("host").asText()).isEqualTo("127.0.0.1");
        assertThat(departed.get("statement").asText()).isEqualTo("SELECT");
    }

    @Test
    void remembersWhoHasCalledASuspendOff() throws Exception {
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
        try (var client = client()) {
            client.query("BEGIN");
            client.query("SELECT now");
            fixture.phase(Readiness.SUSPENDING);
            Eventually.holds("it is held", () -> !fixture.operator.holds.isEmpty());
            var hold = why().get("holds").get(0);
            assertThat(hold.get("reason").asText()).isEqualTo("an open transaction or a running statement");
            assertThat(hold.get("role").asText()).isEqualTo("app");
        }
    }

    @Test
    void saysWhatIsWrongWithAQuestion() throws Exception {
        assertThat(ManagementPage.of(fixture.proxy, "/v1/why").status()).isEqualTo(400);
        assertThat(ManagementPage.of(fixture.proxy, "/v1/why?database=shop/none")
                        .status())
                .isEqualTo(404);
    }
}
