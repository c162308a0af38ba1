package dev.railwaypostgres.playground.operator;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Changes of what a database may use, and what is left of it when its resource goes. */
@ExtendWith(Cluster.Extension.class)
class ChangesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MORE = "compute: {cpu: '2', memory: 2G}, storage: {size: 10Gi}";

    private Scene scene;
    private RailwayDashboard dashboard;

    @BeforeEach
    void open(Cluster cluster, @TempDir Path folder) throws Exception {
        scene = Scene.open(cluster, folder, Duration.ofSeconds(2));
        dashboard = new RailwayDashboard(scene);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void givesARunningDatabaseMoreByOneRestart() {
        scene.create("orders", "{suspend: {afterIdle: 1h}}");
        scene.await("orders", Phase.ACTIVE);
        scene.create("orders", "{suspend: {afterIdle: 1h}, " + MORE + "}");

        within(PATIENCE, () -> assertThat(dashboard.limits()).isEqualTo("2.0 cores, 2.0 GB"));
        scene.await("orders", Phase.ACTIVE);
        eventually(() -> assertThat(dashboard.volumeSize()).isEqualTo(10_000));
        assertThat(scene.railway.counters().of("serviceInstanceDeployV2")).isEqualTo(1);
    }

    @Test
    void givesASleepingDatabaseMoreWithoutWakingIt() {
        scene.create("orders", "{suspend: {afterIdle: 1s}}");
        scene.await("orders", Phase.SUSPENDED);
        scene.create("orders", "{suspend: {afterIdle: 1h}, " + MORE + "}");

        eventually(() -> assertThat(dashboard.limits()).isEqualTo("2.0 cores, 2.0 GB"));
        assertThat(scene.status("orders").phase()).isEqualTo(Phase.SUSPENDED);
        assertThat(scene.railway.counters().of("serviceInstanceDeployV2")).isZero();

        scene.askForWake("orders");
        scene.await("orders", Phase.ACTIVE);
        eventually(() -> assertThat(dashboard.volumeSize()).isEqualTo(10_000));
        assertThat(scene.railway.counters().of("serviceInstanceDeployV2")).isEqualTo(1);
    }

    @Test
    void makesADatabaseAnewRightAfterOneOfItsNameWasDeleted() throws SQLException {
        scene.create("orders", "{suspend: {afterIdle: 1h}}");
        scene.await("orders", Phase.ACTIVE);
        scene.delete("orders");
        scene.create("orders", "{suspend: {afterIdle: 1h}}");
        scene.await("orders", Phase.ACTIVE);

        scene.connect("orders").close();
        assertThat(scene.services()).hasSize(1);
        assertThat(scene.ready("orders").getStatus()).isEqualTo("True");
    }

    @Test
    void leavesARetainedDatabaseOnRailwayAndSaysSo() {
        scene.create("orders", "{suspend: {afterIdle: 1h}, deletionPolicy: Retain}");
        scene.await("orders", Phase.ACTIVE);
        scene.delete("orders");

        assertThat(scene.services()).hasSize(1);
        assertThat(scene.eventReasons("orders")).contains("Retained");
    }
}
