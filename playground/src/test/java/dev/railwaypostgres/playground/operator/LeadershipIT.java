package dev.railwaypostgres.playground.operator;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.operator.OperatorProcess;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the operator. */
@ExtendWith(Cluster.Extension.class)
class LeadershipIT {
    private static final Duration BEFORE_THE_LEASE_RUNS_OUT = Duration.ofSeconds(11);

    private Scene scene;

    @BeforeEach
    void open(Cluster cluster, @TempDir Path folder) throws Exception {
        scene = Scene.open(cluster, folder, Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void oneReconcilesAndTheOtherTakesOverWhenItEnds() {
        var first = scene.operator();
        eventually(() -> assertThat(first.isLeading()).isTrue());
        try (var second = scene.anotherOperator()) {
            scene.create("orders", "{suspend: {afterIdle: 1s}}");
            scene.await("orders", Phase.SUSPENDED);
            assertThat(leaders(first, second)).containsExactly(first);

            scene.stopOperator();
            within(
                    BEFORE_THE_LEASE_RUNS_OUT,
                    () -> assertThat(second.isLeading()).isTrue());
            scene.askForWake("orders");
            scene.await("orders", Phase.ACTIVE);
        }
        assertThat(scene.railway.counters().of("serviceCreate")).isEqualTo(1);
        assertThat(scene.railway.counters().of("serviceInstanceDeployV2")).isEqualTo(1);
    }

    private static List<OperatorProcess> leaders(OperatorProcess... all) {
        return Stream.of(all).filter(OperatorProcess::isLeading).toList();
    }
}
