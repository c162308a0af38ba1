package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.DeploymentWatch;
import dev.railwaypostgres.railway.RailwayReads;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** All running watches of a client, so that closing the client ends them. */
final class Watches {
    private final Set<WatchedDeployment> running = ConcurrentHashMap.newKeySet();
    private final DeploymentSubscriptions subscriptions;
    private final RailwaySettings settings;
    private final Calls calls;

    Watches(OkHttpClient http, RailwaySettings settings, Calls calls) {
        this.subscriptions = new DeploymentSubscriptions(http, settings);
        this.settings = settings;
        this.calls = calls;
    }

    DeploymentWatch start(RailwayReads reads, CallTerms terms, DeploymentId id, Consumer<Deployment> observer) {
        WatchedDeployment watch = new WatchedDeployment(id, observer, settings.pollInterval());
        running.add(watch);
        Thread.ofVirtual().name("watch-" + id).start(() -> {
            try {
                watch.run(() -> reads.deployment(id), listener -> {
                    calls.awaitTurn(terms, Duration.ZERO);
                    return subscriptions.open(id, listener);
                });
            } finally {
                running.remove(watch);
            }
        });
        return watch;
    }

    void close() {
        running.forEach(WatchedDeployment::close);
    }
}
