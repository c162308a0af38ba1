package dev.railwaypostgres.playground.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.operator.OperatorConfig;
import dev.railwaypostgres.operator.OperatorProcess;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator;
import dev.railwaypostgres.playground.simulator.railway.SimulatorConfig;
import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwayToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An operator that has nothing to do but to look after many sleeping databases. */
@ExtendWith(Cluster.Extension.class)
class SleepersIT {
    private static final int DATABASES = 200;
    private static final int RESYNCS = 4;
    private static final Duration RESYNC_INTERVAL = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private Cluster cluster;
    private RailwaySimulator simulator;
    private RailwayApi railway;

    @BeforeEach
    void open(Cluster cluster) throws IOException {
        this.cluster = cluster;
        simulator = RailwaySimulator.start(
                new SimulatorConfig(folder.resolve("railway"), 0, Duration.ofMillis(100), List.of()));
        Files.writeString(folder.resolve("token"), simulator.createWorkspaceToken());
        railway = new RailwayApi(simulator, simulator.project("sleepers"));
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void twoHundredSleepingDatabasesCostOneCallForEachResyncAndAReconcileOfThemWritesNothing() {
        var sleepers = new Sleepers(cluster.client(), cluster.namespace());
        sleepers.create(cluster.kubectl(), railway, DATABASES);
        try (var _ = OperatorProcess.start(config(), cluster.client())) {
            sleepers.awaitSettled(PATIENCE);
        }

        var before = WrittenState.of(cluster.client(), cluster.namespace());
        var changesBefore = railway.changes();
        try (var operator = OperatorProcess.start(config(), cluster.client())) {
            var reconciles = new Reconciles(operator.managementPort());
            Await.until("everything is reconciled", PATIENCE, () -> reconciles.count() >= DATABASES);
            assertThatNothingButListingsIsCalled();
        }
        assertThat(sleepers.databases()).hasSize(DATABASES);
        assertThat(WrittenState.of(cluster.client(), cluster.namespace())).isEqualTo(before);
        assertThat(railway.changes()).isEqualTo(changesBefore);
    }

    private void assertThatNothingButListingsIsCalled() {
        var callsBefore = railway.calls();
        var listingsBefore = railway.listings();
        var from = System.nanoTime();
        Await.until("some resyncs", PATIENCE, () -> railway.listings() >= listingsBefore + RESYNCS);
        var listings = railway.listings() - listingsBefore;
        var elapsed = Duration.ofNanos(System.nanoTime() - from);
        assertThat(railway.calls() - callsBefore).isEqualTo(listings);
        assertThat(listings).isLessThanOrEqualTo(elapsed.dividedBy(RESYNC_INTERVAL) + 1);
    }

    private OperatorConfig config() {
        var account = "system:serviceaccount:" + cluster.namespace() + ":proxy";
        return new OperatorConfig(
                new OperatorConfig.Railway(
                        simulator.url(),
                        folder.resolve("token"),
                        RailwayToken.Kind.WORKSPACE,
                        Plan.PRO,
                        railway.ids().projectId(),
                        railway.ids().environmentId()),
                new OperatorConfig.Proxy("db.test", 5432, null, account),
                RESYNC_INTERVAL,
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                "railway-postgres/compute:{major}",
                Set.of(cluster.namespace()),
                cluster.namespace(),
                0,
                0,
                "operator-0");
    }
}
