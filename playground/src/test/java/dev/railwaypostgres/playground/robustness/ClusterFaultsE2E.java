package dev.railwaypostgres.playground.robustness;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.run.PlaygroundExtension;
import dev.railwaypostgres.playground.run.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kubernetes fails: its API server dies, all watches are cut, and what they would go on from is forgotten (410 Gone). */
@ExtendWith(PlaygroundExtension.class)
class ClusterFaultsE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void servesAnAwakeDatabaseWithoutTheApiServerAndSleepsAndWakesAfterwards(Stage stage) throws SQLException {
        stage.createDatabase("steady", "{suspend: {afterIdle: 2s}}");
        var processes = processes(stage);
        try (var connection = JdbcAddress.of(stage.uri("steady")).connect()) {
            try (var busy = BusyClient.on(connection)) {
                eventually(() -> assertThat(busy.answers()).isPositive());
                stage.playground().controlPlane().killApiServer();
                var before = busy.answers();
                stage.playground().controlPlane().compact();
                eventually(() -> assertThat(busy.answers()).isGreaterThan(before + 20));
                stage.playground().controlPlane().startApiServer();
                var after = busy.answers();
                eventually(() -> assertThat(busy.answers()).isGreaterThan(after + 20));
                assertThat(busy.failures()).isEmpty();
            }
            try (var history = PhaseHistory.follow(stage, "steady")) {
                history.await(PATIENCE, Phase.SUSPENDED);
                assertThat(Sql.ask(connection, "SELECT 'same session'")).isEqualTo("same session");
                history.await(PATIENCE, Phase.ACTIVE);
            }
        }
        assertThat(processes(stage)).as("processes of operator and proxy").isEqualTo(processes);
    }

    @Test
    void wakesADatabaseForAStatementThatCameWithoutTheApiServer(Stage stage) throws SQLException {
        stage.createDatabase("cutoff", "{suspend: {afterIdle: 1s}}");
        try (var connection = JdbcAddress.of(stage.uri("cutoff")).connect()) {
            try (var history = PhaseHistory.follow(stage, "cutoff")) {
                history.await(PATIENCE, Phase.SUSPENDED);
            }
            stage.playground().controlPlane().killApiServer();
            var answer = CompletableFuture.supplyAsync(() -> BusyClient.ask(connection), Thread::startVirtualThread);
            stage.playground().controlPlane().compact();
            assertThat(answer.isDone()).isFalse();
            stage.playground().controlPlane().startApiServer();

            assertThat(answer.join()).isEqualTo("answered");
        }
    }

    private static String processes(Stage stage) {
        var operator = stage.playground().operator().process();
        var proxy = stage.playground().proxy().process();
        return "%d %s, %d %s".formatted(operator.pid(), operator.isAlive(), proxy.pid(), proxy.isAlive());
    }
}
