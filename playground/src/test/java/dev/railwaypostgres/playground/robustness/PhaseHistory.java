package dev.railwaypostgres.playground.robustness;

import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.playground.kubernetes.Clients;
import dev.railwaypostgres.playground.run.Stage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The phases that a database goes through, in order, as a watch tells them at once. */
final class PhaseHistory implements Watcher<ServerlessDatabase>, AutoCloseable {
    private final KubernetesClient client;
    private final List<Phase> phases = new CopyOnWriteArrayList<>();

    private PhaseHistory(KubernetesClient client) {
        this.client = client;
    }

    /** Follows a database, which need not be there yet. */
    static PhaseHistory follow(Stage stage, String database) {
        var client = Clients.of(stage.playground().kubeconfig());
        var history = new PhaseHistory(client);
        var _ = client.resources(ServerlessDatabase.class)
                .inNamespace(stage.namespace())
                .withName(database)
                .watch(history);
        return history;
    }

    @Override
    public void eventReceived(Action action, ServerlessDatabase database) {
        var status = database.getStatus();
        var phase = status == null ? null : status.phase();
        if (phase != null && (phases.isEmpty() || phases.getLast() != phase)) {
            phases.add(phase);
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        phases.clear();
    }

    Phase now() {
        return phases.getLast();
    }

    long times(Phase phase) {
        return phases.stream().filter(phase::equals).count();
    }

    /** Waits until the database is in one of these phases. */
    void await(Duration limit, Phase... wanted) {
        within(limit, () -> assertThat(now()).isIn((Object[]) wanted));
    }

    /** Waits until the database has come into the phase more often than that. */
    void awaitMore(Duration limit, Phase wanted, long times) {
        within(
                limit,
                () -> assertThat(times(wanted)).as("%s in %s", wanted, phases).isGreaterThan(times));
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return phases.toString();
    }
}
