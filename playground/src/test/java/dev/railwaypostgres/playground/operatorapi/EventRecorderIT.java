package dev.railwaypostgres.playground.operatorapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.operator.events.EventRecorder;
import dev.railwaypostgres.operator.events.KubernetesEventRecorder;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Cluster.Extension.class)
class EventRecorderIT {
    private final Cluster cluster;
    private final ServerlessDatabase database;

    EventRecorderIT(Cluster cluster) {
        this.cluster = cluster;
        this.database = Resources.create(cluster, "orders");
    }

    @Test
    void countsWhatHappensAgainAlsoAfterARestart() {
        recorder().normal(database, Reason.WOKE, "It woke.");
        recorder().normal(database, Reason.WOKE, "It woke.");
        recorder().normal(database, Reason.WOKE, "It woke.");

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.getCount()).isEqualTo(3);
            assertThat(event.getType()).isEqualTo("Normal");
            assertThat(event.getReason()).isEqualTo("Woke");
        });
    }

    @Test
    void tellsDifferentThingsApart() {
        recorder().normal(database, Reason.WOKE, "It woke in 2 s.");
        recorder().normal(database, Reason.WOKE, "It woke in 3 s.");
        recorder().warning(database, Reason.STOP_FAILED, "It does not stop.");

        assertThat(events()).extracting(Event::getCount).containsExactly(1, 1, 1);
    }

    @Test
    void isShownByDescribe() {
        recorder().warning(database, Reason.QUOTA_REACHED, "No room for one more volume.");

        assertThat(cluster.kubectl("describe", "sdb/orders"))
                .containsPattern("Warning +QuotaReached .*No room for one more volume\\.");
    }

    @Test
    void shortensWhatTheApiServerWouldRefuse() {
        recorder().warning(database, Reason.RAILWAY_REJECTED, "x".repeat(5000));

        assertThat(events())
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage()).hasSize(1024));
    }

    @Test
    void neverFailsWhoReports() {
        var elsewhere = new ServerlessDatabase();
        elsewhere.setMetadata(new ObjectMetaBuilder()
                .withNamespace("no-such-namespace")
                .withName("orders")
                .withUid("1")
                .build());

        recorder().normal(elsewhere, Reason.WOKE, "It woke.");

        assertThat(events()).isEmpty();
    }

    private EventRecorder recorder() {
        return new KubernetesEventRecorder(cluster.client(), InstantSource.system(), "operator-0");
    }

    private List<Event> events() {
        return cluster.client()
                .v1()
                .events()
                .inNamespace(cluster.namespace())
                .list()
                .getItems();
    }
}
