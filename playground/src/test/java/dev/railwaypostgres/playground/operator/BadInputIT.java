package dev.railwaypostgres.playground.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.Eventually;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be: a condition with reason and cure, nothing half-made left, and it goes on once it can be. */
@ExtendWith(Cluster.Extension.class)
class BadInputIT {
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
    void namesTheRegionsThereAre() {
        scene.create("orders", "{region: mars-1}");
        scene.awaitReason("orders", "UnknownRegion");

        assertThat(scene.ready("orders").getMessage()).contains("spec.region", "mars-1", "europe-west4-drams3a");
        assertThat(scene.services()).isEmpty();
        scene.delete("orders");
    }

    @Test
    void saysThatItCannotRestore() {
        scene.create("orders", "{bootstrap: {recovery: {databaseRef: other}}}");
        scene.awaitReason("orders", "NotSupported");

        assertThat(scene.services()).isEmpty();
        scene.delete("orders");
    }

    @Test
    void waitsForTheSecretWithTheToken() {
        scene.create("orders", "{railway: {tokenSecretRef: {name: railway}}}");
        scene.awaitReason("orders", "TokenMissing");
        assertThat(scene.ready("orders").getMessage()).contains("railway");

        scene.cluster.kubectl("create", "secret", "generic", "railway", "--from-literal=token=" + scene.token);
        scene.annotate("orders", "railway-postgres.dev/wake-requested", "2026-01-01T00:00:00Z now");
        scene.await("orders", Phase.ACTIVE);
    }

    @Test
    void saysThatTheTokenIsRefused() {
        scene.railway.revokeToken(scene.token);
        scene.create("orders", "{}");
        scene.awaitReason("orders", "TokenRejected");
    }

    @Test
    void leavesNoServiceBehindWhenThereIsNoRoomForItsVolume() {
        scene.railway.quirks().volumesPerProject(0);
        scene.create("orders", "{}");
        scene.awaitReason("orders", "QuotaReached");

        Eventually.eventually(() -> assertThat(scene.services()).isEmpty());
        assertThat(scene.ready("orders").getMessage()).contains("raise its limit");
        scene.delete("orders");
    }

    @Test
    void doesNotPutAnEmptyDatabaseInThePlaceOfADeletedOne() {
        scene.create("orders", "{suspend: {afterIdle: 1h}}");
        scene.await("orders", Phase.ACTIVE);
        new RailwayDashboard(scene).deleteEverything();
        scene.await("orders", Phase.FAILED);

        assertThat(scene.ready("orders").getReason()).isEqualTo("VolumeLost");
        assertThat(scene.railway.counters().of("volumeCreate")).isEqualTo(1);
        scene.delete("orders");
    }
}
