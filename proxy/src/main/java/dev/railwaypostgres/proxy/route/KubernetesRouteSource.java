package dev.railwaypostgres.proxy.route;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the {@code ServerlessDatabase} resources. A lost API server changes nothing: the last routes stay, and the
 * informer lists again when it is back.
 */
public final class KubernetesRouteSource implements RouteSource {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesRouteSource.class);
    private static final Duration RESYNC = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final List<String> namespaces;
    private final List<SharedIndexInformer<ServerlessDatabase>> informers = new ArrayList<>();
    private final Map<DatabaseRef, Route> routes = new ConcurrentHashMap<>();

    /**
     * @param client is closed together with this source
     * @param namespaces those to watch; empty: all
     */
    public KubernetesRouteSource(KubernetesClient client, List<String> namespaces) {
        this.client = client;
        this.namespaces = List.copyOf(namespaces);
    }

    @Override
    public void start(Consumer<Collection<Route>> listener) {
        if (namespaces.isEmpty()) {
            watch(
                    client.resources(ServerlessDatabase.class).inAnyNamespace().runnableInformer(RESYNC.toMillis()),
                    listener);
        }
        for (var namespace : namespaces) {
            watch(
                    client.resources(ServerlessDatabase.class)
                            .inNamespace(namespace)
                            .runnableInformer(RESYNC.toMillis()),
                    listener);
        }
    }

    private void watch(SharedIndexInformer<ServerlessDatabase> informer, Consumer<Collection<Route>> listener) {
        informer.exceptionHandler((started, problem) -> goOn(problem));
        informer.addEventHandler(new Listener(listener));
        informers.add(informer);
        var _ = informer.start().whenComplete((_, problem) -> {
            if (problem != null) {
                LOG.atWarn().setCause(problem).log("the watch on databases did not start");
            }
        });
    }

    private static boolean goOn(Throwable problem) {
        LOG.atWarn().addKeyValue("cause", problem.toString()).log("the watch on databases was cut; listing again");
        return true;
    }

    @Override
    public boolean isSynced() {
        return !informers.isEmpty() && informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    @Override
    public void close() {
        try {
            informers.forEach(SharedIndexInformer::stop);
        } catch (KubernetesClientException e) {
            LOG.atDebug().setCause(e).log("the watch on databases ended in trouble");
        } finally {
            client.close();
        }
    }

    /** Turns resources into routes, one thread of one informer at a time. */
    private final class Listener implements ResourceEventHandler<ServerlessDatabase> {
        private final Consumer<Collection<Route>> listener;

        Listener(Consumer<Collection<Route>> listener) {
            this.listener = listener;
        }

        @Override
        public void onAdd(ServerlessDatabase database) {
            put(database);
        }

        @Override
        public void onUpdate(ServerlessDatabase old, ServerlessDatabase database) {
            put(database);
        }

        @Override
        public void onDelete(ServerlessDatabase database, boolean unknown) {
            routes.remove(Routes.refOf(database));
            tell();
        }

        /** What cannot be read keeps its last route: one broken resource must not stop the others. */
        private void put(ServerlessDatabase database) {
            try {
                put(Routes.of(database));
            } catch (IllegalArgumentException e) {
                LOG.atWarn()
                        .addKeyValue("database", Routes.refOf(database))
                        .addKeyValue("cause", e.toString())
                        .log("a database cannot be read and keeps its last route");
            }
        }

        private void put(Route route) {
            if (!Optional.of(route).equals(Optional.ofNullable(routes.put(route.database(), route)))) {
                tell();
            }
        }

        private void tell() {
            synchronized (routes) {
                listener.accept(List.copyOf(routes.values()));
            }
        }
    }
}
