package dev.railwaypostgres.playground.robustness;

import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.run.PlaygroundExtension;
import dev.railwaypostgres.playground.run.Stage;
import dev.railwaypostgres.playground.run.WorkloadProcess;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What ends is started anew, as Deployments do it in a cluster with nodes, and databases go on. */
@ExtendWith(PlaygroundExtension.class)
class RestartsE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void startsAnOperatorAnewThatLostItsLeaseWithTheApiServer(Stage stage) throws SQLException {
        stage.createDatabase("leaderless", "{suspend: {afterIdle: 1s}}");
        var operator = stage.playground().operator();
        try (var history = PhaseHistory.follow(stage, "leaderless")) {
            history.await(PATIENCE, Phase.SUSPENDED);
        }
        stage.playground().controlPlane().killApiServer();
        var ended = operator.process();
        within(PATIENCE, () -> assertThat(ended.isAlive()).isFalse());
        stage.playground().controlPlane().startApiServer();

        assertWakes(stage, "leaderless");
        assertStartedAnew(stage, operator);
    }

    @Test
    void startsAProxyAnewThatCrashed(Stage stage) throws SQLException {
        stage.createDatabase("proxyless", "{suspend: {afterIdle: 1s}}");
        var proxy = stage.playground().proxy();
        var before = proxy.process().pid();
        ProcessHandle.of(before).orElseThrow().destroyForcibly();

        within(PATIENCE, () -> assertThat(proxy.process().pid()).isNotEqualTo(before));
        assertWakes(stage, "proxyless");
        assertStartedAnew(stage, proxy);
    }

    private static void assertWakes(Stage stage, String database) {
        var address = JdbcAddress.of(stage.uri(database));
        within(PATIENCE, () -> {
            try (var connection = address.connect()) {
                assertThat(Sql.ask(connection, "SELECT 'answered'")).isEqualTo("answered");
            }
        });
    }

    private static void assertStartedAnew(Stage stage, WorkloadProcess workload) {
        assertThat(workload.restarts()).isPositive();
        assertThat(stage.playground().status().lines())
                .anyMatch(line -> line.contains(workload.process().name())
                        && line.contains(String.valueOf(workload.process().pid()))
                        && line.contains("was started anew: " + workload.restarts()));
    }
}
