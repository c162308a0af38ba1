package dev.railwaypostgres.playground.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.Eventually;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Cluster.Extension.class)
class DatabaseLifeIT {
    private static final String SLEEPY = "{suspend: {afterIdle: 2s}}";
    private static final String AWAKE = "{suspend: {afterIdle: 1h}}";

    private Scene scene;

    @BeforeEach
    void open(Cluster cluster, @TempDir Path folder) throws Exception {
        scene = Scene.open(cluster, folder, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void makesPutsToSleepWakesAndDeletes() throws SQLException {
        scene.create("orders", SLEEPY);
        scene.await("orders", Phase.ACTIVE);
        assertThat(scene.ready("orders").getStatus()).isEqualTo("True");
        execute("CREATE TABLE kept AS SELECT 42 AS answer");

        scene.await("orders", Phase.SUSPENDED);
        assertThat(scene.services())
                .singleElement()
                .matches(service -> service.status().equals("STOPPED"));
        assertThat(scene.ready("orders").getReason()).isEqualTo("Asleep");
        assertThat(Objects.requireNonNull(scene.status("orders").sleep()).lsn()).contains("/");

        scene.askForWake("orders");
        scene.await("orders", Phase.ACTIVE);
        execute("SELECT answer FROM kept");
        assertThat(scene.railway.counters().of("serviceInstanceDeployV2")).isEqualTo(1);
        assertThat(scene.railway.counters().of("deploymentStop")).isZero();
        assertThat(scene.eventReasons("orders")).contains("Provisioned", "Suspending", "Asleep", "Waking", "Woke");

        scene.delete("orders");
        assertThat(scene.services()).isEmpty();
    }

    @Test
    void staysAwakeForAnOpenTransactionAndSleepsOverAnIdleSession() throws SQLException {
        scene.create("orders", SLEEPY);
        scene.await("orders", Phase.ACTIVE);
        try (var session = scene.connect("orders")) {
            session.setAutoCommit(false);
            try (var statement = session.createStatement()) {
                statement.execute("SELECT 1");
            }
            Eventually.eventually(() -> assertThat(
                            Objects.requireNonNull(scene.status("orders").sleep())
                                    .blockers())
                    .singleElement()
                    .asString()
                    .contains("holds a transaction open"));
            session.commit();
            scene.await("orders", Phase.SUSPENDED);
        }
    }

    @Test
    void goesOnWithWhatAnotherOperatorHasBegun() {
        scene.create("orders", SLEEPY);
        scene.await("orders", Phase.SUSPENDED);
        scene.stopOperator();
        scene.askForWake("orders");
        scene.startOperator();
        scene.await("orders", Phase.ACTIVE);
        scene.await("orders", Phase.SUSPENDED);

        assertThat(scene.services()).hasSize(1);
        assertThat(scene.railway.counters().of("serviceCreate")).isEqualTo(1);
        assertThat(scene.railway.counters().of("volumeCreate")).isEqualTo(1);
        assertThat(scene.railway.counters().of("serviceInstanceDeployV2")).isEqualTo(1);
    }

    @Test
    void givesNewParametersToARunningDatabaseUnderItsClientsAndTakesThemBack() throws SQLException {
        scene.create("orders", AWAKE);
        scene.await("orders", Phase.ACTIVE);
        try (var session = scene.connect("orders")) {
            scene.create("orders", "{suspend: {afterIdle: 1h}, postgresql: {parameters: {work_mem: 7MB}}}");
            Eventually.eventually(() -> assertThat(show(session, "work_mem")).isEqualTo("7MB"));

            scene.create("orders", AWAKE);
            Eventually.eventually(() -> assertThat(show(session, "work_mem")).isEqualTo("4MB"));
        }
        assertThat(scene.railway.counters().of("serviceInstanceDeployV2")).isZero();
        assertThat(scene.eventReasons("orders")).contains("ConfigurationApplied");
    }

    @Test
    void restartsForParametersThatTakeAStart() throws SQLException {
        scene.create("orders", AWAKE);
        scene.await("orders", Phase.ACTIVE);
        scene.create("orders", "{suspend: {afterIdle: 1h}, postgresql: {parameters: {max_connections: '77'}}}");
        Eventually.within(
                Duration.ofSeconds(60),
                () -> assertThat(scene.railway.counters().of("serviceInstanceDeployV2"))
                        .isEqualTo(1));
        scene.await("orders", Phase.ACTIVE);
        try (var session = scene.connect("orders")) {
            assertThat(show(session, "max_connections")).isEqualTo("77");
        }
    }

    @Test
    void saysWhatIsWrongWithAParameterAndSleepsAndWakesWithThoseBefore() throws SQLException {
        scene.create("orders", "{suspend: {afterIdle: 2s}, postgresql: {parameters: {work_mem: 7MB}}}");
        scene.await("orders", Phase.SUSPENDED);
        scene.create("orders", "{suspend: {afterIdle: 2s}, postgresql: {parameters: {work_mem: 1kg}}}");
        scene.askForWake("orders");
        scene.awaitCondition("orders", "Stalled", "InvalidSpec");

        assertThat(scene.condition("orders", "Stalled").getMessage())
                .startsWith("spec.postgresql.parameters: invalid value for parameter \"work_mem\": \"1kg\"");
        assertThat(scene.ready("orders").getStatus()).isEqualTo("True");
        try (var session = scene.connect("orders")) {
            assertThat(show(session, "work_mem")).isEqualTo("7MB");
        }
        scene.await("orders", Phase.SUSPENDED);
        scene.create("orders", "{suspend: {afterIdle: 1h}}");
        scene.askForWake("orders");
        scene.await("orders", Phase.ACTIVE);
        Eventually.eventually(() -> assertThat(scene.status("orders").conditions())
                .noneMatch(condition -> condition.getType().equals("Stalled")));
    }

    private static String show(Connection session, String parameter) throws SQLException {
        try (var statement = session.createStatement();
                var rows = statement.executeQuery("SHOW " + parameter)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var session = scene.connect("orders");
                var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
