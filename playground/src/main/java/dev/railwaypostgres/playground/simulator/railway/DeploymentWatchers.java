package dev.railwaypostgres.playground.simulator.railway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to hear of a deployment's changes. */
final class DeploymentWatchers {
    private final Map<String, List<Consumer<Row.Deployment>>> watchers = new ConcurrentHashMap<>();

    /** Calls the watcher at each change until the returned action is run. */
    Runnable watch(String deploymentId, Consumer<Row.Deployment> watcher) {
        var ofThis = watchers.computeIfAbsent(deploymentId, _ -> new CopyOnWriteArrayList<>());
        ofThis.add(watcher);
        return () -> ofThis.remove(watcher);
    }

    void tell(Row.Deployment changed) {
        watchers.getOrDefault(changed.id(), List.of()).forEach(watcher -> watcher.accept(changed));
    }
}
