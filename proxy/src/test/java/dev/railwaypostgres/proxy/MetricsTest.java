package dev.railwaypostgres.proxy;

import static dev.railwaypostgres.proxy.ProxyFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.proxy.manage.Metric;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.time.Duration;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads, after what clients have done. */
class MetricsTest {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)(\\{[a-z,]+})?` \\| ([a-z]+) \\|");
    private static final String ORDERS = "{database=\"shop/orders\"";

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

    private void awake() {
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
    }

    private double ofOrders(String metric) throws Exception {
        return Double.parseDouble(fixture.metric(metric + ORDERS + "}"));
    }

    private String state(String metric, String state) throws Exception {
        return fixture.metric("%s%s,state=\"%s\"}".formatted(metric, ORDERS, state));
    }

    @Test
    void namesEveryMetricAsTheManualDoes() throws Exception {
        fixture.pooling(ProxyFixture.limits(1, 10, Duration.ofMillis(300)), Readiness.ASLEEP);
        try (var connection = fixture.connect();
                var other = fixture.connect()) {
            assertThatThrownBy(() -> fixture.connect("app", "app", "wrong"))
                    .hasMessageContaining("password authentication failed");
            connection.setAutoCommit(false);
            ask(connection, "SELECT now");
            assertThatThrownBy(() -> ask(other, "SELECT now")).isInstanceOf(java.sql.SQLException.class);
            connection.commit();
            try (var client = client()) {
                client.query("LISTEN news");
                client.cancelFromElsewhere();
                var page = ManagementPage.of(fixture.proxy, "/metrics").body();
                var told = new TreeMap<String, String>();
                TYPE.matcher(page).results().forEach(type -> told.put(type.group(1), type.group(2)));
                var documented = new TreeMap<String, String>();
                ROW.matcher(Metric.table()).results().forEach(row -> documented.put(row.group(1), row.group(3)));
                assertThat(documented).hasSize(Metric.values().length);
                // The files of the certificate do not change here.
                told.put(Metric.CERTIFICATE_READS.exposedName(), "counter");
                assertThat(told).isEqualTo(documented);
            }
        }
    }

    @Test
    void hasNoLabelThatClientsCouldFill() throws Exception {
        awake();
        try (var connection = fixture.connect()) {
            ask(connection, "SELECT now");
        }
        var page = ManagementPage.of(fixture.proxy, "/metrics").body();
        var labels = Pattern.compile("[{,]([a-z_]+)=\"")
                .matcher(page)
                .results()
                .map(label -> label.group(1))
                .distinct();
        assertThat(labels.toList())
                .isSubsetOf("database", "state", "reason", "kind", "sqlstate", "outcome", "fate", "le");
    }

    @Test
    void timesQueriesAndTransactionsByThemselves() throws Exception {
        awake();
        try (var client = client()) {
            client.query("BEGIN");
            client.query("SELECT one");
            client.query("SELECT two");
            client.query("COMMIT");
            client.query("SELECT three");
            Eventually.holds("two transactions are over", () -> ofOrders("transaction_seconds_count") == 2);
        }
        assertThat(ofOrders("query_seconds_count")).isEqualTo(5);
        assertThat(ofOrders("query_seconds_sum")).isPositive().isLessThanOrEqualTo(ofOrders("transaction_seconds_sum"));
        assertThat(fixture.metric("query_seconds_bucket" + ORDERS + ",le=\"+Inf\"}"))
                .isEqualTo("5");
    }

    @Test
    void doesNotTakeAClientsPauseForAQuery() throws Exception {
        awake();
        try (var client = client()) {
            client.query("BEGIN");
            long since = System.nanoTime();
            Eventually.holds("a second has passed", () -> System.nanoTime() - since > 1_000_000_000);
            client.query("SELECT one");
            client.query("COMMIT");
            Eventually.holds("it is over", () -> ofOrders("transaction_seconds_count") == 1);
        }
        assertThat(ofOrders("query_seconds_sum")).isLessThan(0.5);
        assertThat(ofOrders("transaction_seconds_sum")).isGreaterThan(1);
    }

    @Test
    void countsTheAnswersOfAPipelineOneByOne() throws Exception {
        awake();
        try (var client = client()) {
            client.query("SELECT first");
            for (int i = 0; i < 10; i++) {
                client.sendQuery("SELECT " + i + " of many");
            }
            for (int i = 0; i < 10; i++) {
                client.answer();
            }
            Eventually.holds("all are counted", () -> ofOrders("query_seconds_count") == 11);
        }
    }

    @Test
    void timesWakesAndWaits() throws Exception {
        fixture.pooling(ProxyFixture.limits(1, 10, Duration.ofSeconds(10)), Readiness.ASLEEP);
        try (var first = client();
                var second = client()) {
            first.query("SELECT now");
            assertThat(ofOrders("wake_seconds_count")).isEqualTo(1);
            first.query("BEGIN");
            first.query("SELECT now");
            second.sendQuery("SELECT now");
            Eventually.holds("it waits", () -> state("sessions", "waiting").equals("1.0"));
            assertThat(ofOrders("longest_wait_seconds")).isPositive();
            first.query("COMMIT");
            second.answer();
            assertThat(ofOrders("longest_wait_seconds")).isZero();
        }
        assertThat(ofOrders("wait_seconds_count")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void countsSessionsAndServerConnectionsByWhatTheyAreAt() throws Exception {
        awake();
        try (var parked = client();
                var open = client();
                var pinned = client()) {
            pinned.query("LISTEN news");
            open.query("BEGIN");
            open.query("SELECT now");
            parked.query("SET search_path = shop");
            parked.query("SELECT now");
            Eventually.holds("it is parked", () -> state("sessions", "parked").equals("1.0"));
            assertThat(state("sessions", "in_transaction")).isEqualTo("1.0");
            assertThat(state("sessions", "pinned")).isEqualTo("1.0");
            assertThat(fixture.metric("pinned_sessions" + ORDERS + ",reason=\"LISTEN\"}"))
                    .isEqualTo("1.0");
            assertThat(state("server_connections", "leased")).isEqualTo("2.0");
            assertThat(state("server_connections", "idle")).isEqualTo("1.0");
            assertThat(ofOrders("parked_bytes")).isBetween(20.0, 1_000.0);
        }
        Eventually.holds(
                "all are gone", () -> fixture.metric("client_connections").equals("0.0"));
        assertThat(state("sessions", "parked")).isEqualTo("absent");
    }

    @Test
    void countsLoginsAndRefusalsByHowTheyEnded() throws Exception {
        awake();
        try (var _ = client()) {
            assertThatThrownBy(() -> fixture.connect("app", "app", "wrong"))
                    .hasMessageContaining("password authentication failed");
            try (var leaving = new RawClient(fixture.proxy.port())) {
                leaving.encrypt(null);
                leaving.startup(java.util.Map.of("user", "app", "database", "app"));
                leaving.message();
            }
            Eventually.holds(
                    "it is gone",
                    () -> fixture.metric("logins_total{outcome=\"gone\"}").equals("1.0"));
        }
        assertThat(fixture.metric("logins_total{outcome=\"succeeded\"}")).isEqualTo("1.0");
        assertThat(fixture.metric("logins_total{outcome=\"WrongPassword\"}")).isEqualTo("1.0");
        assertThat(fixture.metric("failures_total{kind=\"WrongPassword\",sqlstate=\"28P01\"}"))
                .isEqualTo("1.0");
    }

    @Test
    void countsBytesInBothDirections() throws Exception {
        awake();
        try (var client = client()) {
            client.query("BIG 1000");
        }
        Eventually.holds(
                "it is gone", () -> fixture.metric("client_connections").equals("0.0"));
        assertThat(ofOrders("sent_bytes_total")).isGreaterThan(1_000_000);
        assertThat(ofOrders("received_bytes_total")).isBetween(10.0, 100.0);
    }

    @Test
    void saysNothingOfDatabasesThatNobodyUsesHere() throws Exception {
        awake();
        assertThat(Arrays.stream(ManagementPage.of(fixture.proxy, "/metrics")
                                .body()
                                .split("\n"))
                        .filter(line -> line.contains("database=")))
                .isEmpty();
    }
}
