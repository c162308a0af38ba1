package dev.railwaypostgres.operator;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.operator.status.StatusWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.Controller;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JOSDK, set up: who watches, who leads, on which threads reconciles run, and what happens when a watch breaks. */
final class Reconciliation implements AutoCloseable {
    /** What a reconcile gets to end when the process is told to. */
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final Operator operator;
    private final KubernetesClient client;
    private final Leadership leadership;
    private final Set<String> namespaces;
    private final Consumer<String> onFailure;
    private volatile boolean started;
    private volatile boolean closing;
    private volatile @Nullable Controller<ServerlessDatabase> controller;

    /**
     * @param onFailure told in a sentence why the process has to be started anew
     */
    Reconciliation(OperatorConfig config, KubernetesClient client, Metrics metrics, Consumer<String> onFailure) {
        this.client = client;
        this.namespaces = config.watchNamespaces();
        this.onFailure = onFailure;
        this.leadership =
                new Leadership(config.leaseNamespace(), config.podName(), () -> fail("Another replica may lead now."));
        this.operator = new Operator(josdk -> configure(josdk)
                .withLeaderElectionConfiguration(leadership.configuration())
                .withMetrics(metrics));
    }

    private ConfigurationServiceOverrider configure(ConfigurationServiceOverrider josdk) {
        return josdk.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                .withReconciliationTerminationTimeout(DRAIN)
                .withInformerStoppedHandler(this::onStopped);
    }

    /** Returns when the watches are up; whether this replica leads shows later. */
    void start(Reconciler<ServerlessDatabase> reconciler) {
        var registered = operator.register(reconciler, settings -> {
            if (!namespaces.isEmpty()) {
                settings.settingNamespaces(namespaces);
            }
        });
        if (registered instanceof Controller<ServerlessDatabase> known) {
            controller = known;
        }
        operator.start();
        started = true;
    }

    boolean isLeading() {
        return leadership.isLeading();
    }

    /** Whether all watches are open, here and on the replicas that wait for their turn. */
    boolean isHealthy() {
        return started && !closing && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    /** The phases of all databases that are watched. */
    Stream<Phase> phases() {
        var known = controller;
        return known == null || !started
                ? Stream.empty()
                : known.getEventSourceManager()
                        .getControllerEventSource()
                        .list(_ -> true)
                        .map(database -> StatusWriter.current(database).phase())
                        .filter(Objects::nonNull);
    }

    @Override
    public void close() {
        closing = true;
        boolean led = isLeading();
        operator.stop();
        if (led) {
            leadership.giveBack(client);
        }
    }

    /** A watch that broke for good: nothing in here mends it. */
    private void onStopped(SharedIndexInformer<?> informer, @Nullable Throwable cause) {
        if (cause != null) {
            fail("The watch of " + informer.getApiTypeClass().getSimpleName() + " ended: " + cause.getMessage());
        }
    }

    private void fail(String sentence) {
        if (!closing) {
            onFailure.accept(sentence);
        }
    }
}
