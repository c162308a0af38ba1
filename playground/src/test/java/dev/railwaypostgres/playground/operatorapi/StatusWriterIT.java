package dev.railwaypostgres.playground.operatorapi;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.RailwayObjects;
import dev.railwaypostgres.operator.status.Claim;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.operator.status.StatusWriter;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Cluster.Extension.class)
class StatusWriterIT {
    private final Cluster cluster;
    private final Scribe scribe = new Scribe();
    private final Operator operator;

    StatusWriterIT(Cluster cluster) {
        this.cluster = cluster;
        operator = new Operator(
                josdk -> josdk.withKubernetesClient(cluster.client()).withCloseClientOnStop(false));
        operator.register(scribe, settings -> settings.settingNamespace(cluster.namespace()));
        operator.start();
    }

    @AfterEach
    void stop() {
        operator.stop();
    }

    @Test
    void writesOnceAndThenNothing() {
        Resources.create(cluster, "orders");
        eventually(() -> assertThat(scribe.writes).startsWith(true, false));
        var looks = scribe.writes.size();
        cluster.kubectl("annotate", "sdb/orders", "look=again");
        eventually(() -> assertThat(scribe.writes).hasSizeGreaterThan(looks));

        var written = Resources.read(cluster, "orders");
        assertThat(written.getStatus().observedGeneration()).isEqualTo(1);
        assertThat(written.getStatus().phase()).isEqualTo(Phase.PROVISIONING);
        assertThat(written.getStatus().conditions())
                .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
                .containsExactly(tuple("Ready", "False", "Provisioning"));
        assertThat(scribe.writes.stream().filter(wrote -> wrote)).hasSize(1);
    }

    @Test
    void letsTheNextLookSeeWhatWasWritten() {
        Resources.create(cluster, "orders");

        eventually(() -> assertThat(scribe.seenAfterwards).contains(Phase.PROVISIONING));
        assertThat(scribe.seenAfterwards).doesNotContainNull();
    }

    @Test
    void ownsNothingButStatusAndTakesBackWhatItSaysNoMore() {
        scribe.railway = new RailwayObjects("p", "e", "s", null, null, null);
        Resources.create(cluster, "orders");
        eventually(
                () -> assertThat(Resources.read(cluster, "orders").getStatus().railway())
                        .isEqualTo(scribe.railway));

        scribe.railway = null;
        cluster.kubectl("patch", "sdb/orders", "--type=merge", "-p", "{\"spec\":{\"suspend\":{\"afterIdle\":\"1m\"}}}");

        eventually(
                () -> assertThat(Resources.read(cluster, "orders").getStatus().railway())
                        .isNull());
        assertThat(Resources.read(cluster, "orders").getMetadata().getManagedFields().stream()
                        .filter(owner -> "scribe".equals(owner.getManager())))
                .allSatisfy(owner -> assertThat(owner.getSubresource()).isEqualTo("status"));
        assertThat(Resources.read(cluster, "orders").getSpec().suspend().afterIdle())
                .isEqualTo("1m");
    }

    /** Says the same of every database, at every look. */
    @ControllerConfiguration(name = "scribe", generationAwareEventProcessing = false)
    private static final class Scribe implements Reconciler<ServerlessDatabase> {
        final List<Boolean> writes = new CopyOnWriteArrayList<>();
        final List<@Nullable Phase> seenAfterwards = new CopyOnWriteArrayList<>();
        volatile @Nullable RailwayObjects railway;

        private final StatusWriter writer = new StatusWriter(InstantSource.system(), (_, _) -> {});

        @Override
        public UpdateControl<ServerlessDatabase> reconcile(
                ServerlessDatabase database, Context<ServerlessDatabase> context) {
            var claim = Claim.fails(ConditionType.READY, Reason.PROVISIONING, "It is being made.");
            writes.add(writer.write(database, status(), List.of(claim), context));
            var cached = context.getPrimaryCache()
                    .get(ResourceID.fromResource(database))
                    .orElseThrow();
            seenAfterwards.add(StatusWriter.current(cached).phase());
            return UpdateControl.noUpdate();
        }

        private ServerlessDatabaseStatus status() {
            return new ServerlessDatabaseStatus(
                    null, Phase.PROVISIONING, null, null, null, railway, null, null, null, List.of(), null, List.of());
        }
    }
}
