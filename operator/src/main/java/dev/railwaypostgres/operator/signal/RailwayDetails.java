package dev.railwaypostgres.operator.signal;

import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.DeploymentWatch;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.Region;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.TcpProxy;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a listing leaves out: addresses, variables and regions, asked for no more often than the asker's patience with
 * their age demands; and deployments that are watched while they start or stop.
 */
public final class RailwayDetails implements AutoCloseable {
    private final InstantSource clock;
    private final Consumer<ResourceID> signal;
    private final Map<ServiceId, Sighting<List<TcpProxy>>> proxies = new ConcurrentHashMap<>();
    private final Map<ServiceId, Sighting<Map<String, String>>> variables = new ConcurrentHashMap<>();
    private final Map<EnvironmentId, Sighting<List<Region>>> regions = new ConcurrentHashMap<>();
    private final Map<ResourceID, WatchedDeployment> deployments = new ConcurrentHashMap<>();

    public RailwayDetails(InstantSource clock, Consumer<ResourceID> signal) {
        this.clock = clock;
        this.signal = signal;
    }

    public List<TcpProxy> tcpProxies(RailwayHome home, ServiceId service, Duration maxAge) {
        return look(
                proxies,
                service,
                maxAge,
                () -> home.client().under(CallTerms.CHANGE).tcpProxies(home.environment(), service));
    }

    public Map<String, String> variables(RailwayHome home, ServiceId service, Duration maxAge) {
        return look(
                variables,
                service,
                maxAge,
                () -> home.client().under(CallTerms.CHANGE).variables(home.project(), home.environment(), service));
    }

    public List<Region> regions(RailwayHome home, Duration maxAge) {
        return look(
                regions,
                home.environment(),
                maxAge,
                () -> home.client().under(CallTerms.CHANGE).regions());
    }

    /** After something was changed, what is known of it no longer counts. */
    public void forget(ServiceId service) {
        proxies.remove(service);
        variables.remove(service);
    }

    /** From now on, each change of that deployment signals the database. Watching the same one twice is harmless. */
    public void watch(ResourceID database, RailwayHome home, DeploymentId deployment) {
        deployments.compute(database, (_, known) -> {
            if (known != null && known.id.equals(deployment)) {
                return known;
            }
            if (known != null) {
                known.close();
            }
            return new WatchedDeployment(database, home, deployment);
        });
    }

    /** What was last heard of the deployment that is watched for a database. */
    public Optional<Deployment> watched(ResourceID database) {
        return Optional.ofNullable(deployments.get(database)).flatMap(watched -> Optional.ofNullable(watched.last));
    }

    public void leave(ResourceID database) {
        WatchedDeployment watched = deployments.remove(database);
        if (watched != null) {
            watched.close();
        }
    }

    @Override
    public void close() {
        List.copyOf(deployments.keySet()).forEach(this::leave);
    }

    private <K, V> V look(Map<K, Sighting<V>> known, K key, Duration maxAge, Supplier<V> question) {
        Sighting<V> last = known.get(key);
        if (last != null && last.isYoungerThan(maxAge, clock.instant())) {
            return last.value();
        }
        var at = clock.instant();
        V answer = question.get();
        known.put(key, new Sighting<>(answer, at));
        return answer;
    }

    /** One deployment, until it is left or another is watched in its place. */
    private final class WatchedDeployment {
        private final ResourceID database;
        private final DeploymentId id;
        private final DeploymentWatch watch;
        private volatile @Nullable Deployment last;

        WatchedDeployment(ResourceID database, RailwayHome home, DeploymentId id) {
            this.database = database;
            this.id = id;
            this.watch = home.client().under(CallTerms.WAKE).watch(id, this::hear);
        }

        private void hear(Deployment deployment) {
            boolean news = !deployment.equals(last);
            last = deployment;
            if (news) {
                signal.accept(database);
            }
        }

        void close() {
            watch.close();
        }
    }
}
