package dev.railwaypostgres.playground.run;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.kubernetes.ControlPlane;
import dev.railwaypostgres.playground.kubernetes.ControlPlaneConfig;
import dev.railwaypostgres.playground.kubernetes.KubernetesBinaries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A playground in a cluster that is somebody else's: {@code ./run playground --kubeconfig FILE}. */
class OtherClusterE2E {
    private static final Duration FALLS_ASLEEP = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final ProcessNursery nursery = new ProcessNursery();
    private ControlPlane cluster;

    @BeforeEach
    void startTheOtherCluster() {
        var binaries = KubernetesBinaries.standard(System.out::println);
        cluster = ControlPlane.start(new ControlPlaneConfig(binaries, folder.resolve("cluster"), false), nursery);
    }

    @AfterEach
    void stop() {
        cluster.close();
        nursery.close();
    }

    @Test
    void livesInAnotherClusterAndGoesOnThereWhenItIsStartedAgain() {
        try (var playground = start()) {
            assertThatThrownBy(playground::controlPlane).hasMessageContaining("somebody else");
            assertThat(playground.status()).contains(cluster.server()).doesNotContain("etcd");

            var stage = new Stage(playground, "default");
            stage.createDatabase("guest", "{suspend: {afterIdle: 2s}}");
            try (var psql = stage.psql("guest")) {
                psql.type("CREATE TABLE items AS SELECT generate_series(1, 10) AS id;");
                within(FALLS_ASLEEP, () -> assertThat(stage.phase("guest")).isEqualTo("Suspended"));
                assertThat(psql.ask("SELECT count(*) FROM items;")).isEqualTo("10");
            }
        }
        assertThat(cluster.kubectl().run("get", "sdb", "guest")).contains("guest");

        try (var playground = start()) {
            var stage = new Stage(playground, "default");
            try (var psql = stage.psql("guest")) {
                assertThat(psql.ask("SELECT count(*) FROM items;")).isEqualTo("10");
            }
            stage.kubectl("delete", "sdb/guest", "--timeout=60s");
            eventually(() -> assertThat(playground.railway().services()).isEmpty());
        }
    }

    private Playground start() {
        var config = new PlaygroundConfig(
                Repository.path(""), folder.resolve("home"), Optional.of(cluster.kubeconfig()), Tempo.FAST);
        return Playground.start(config, new Progress(System.out));
    }
}
