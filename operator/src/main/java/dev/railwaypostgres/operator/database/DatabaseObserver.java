package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseSpec;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Endpoint;
import dev.railwaypostgres.operator.compute.ConnectionSecrets;
import dev.railwaypostgres.operator.compute.Credentials;
import dev.railwaypostgres.operator.signal.RailwayDetails;
import dev.railwaypostgres.operator.signal.RailwayHome;
import dev.railwaypostgres.operator.signal.RailwayPoller;
import dev.railwaypostgres.operator.status.StatusWriter;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.EnvironmentListing;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.railway.model.TcpProxy;
import dev.railwaypostgres.railway.model.VolumeId;
import dev.railwaypostgres.railway.model.VolumeInstance;
import dev.railwaypostgres.sleep.ComputeSight;
import dev.railwaypostgres.sleep.LoginSight;
import dev.railwaypostgres.sleep.SleepBarrier;
import dev.railwaypostgres.sleep.SleepBarrier.Passage;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a database: its resource, its Secrets, its objects on Railway and its Postgres. Never acts.
 *
 * <p>A usual look asks Railway nothing: it uses the last listing. A fresh one lists the environment anew. Addresses and
 * variables are asked for while a database starts, and rarely while it runs; never while it sleeps.
 */
public final class DatabaseObserver {
    private static final Duration RARELY = Duration.ofMinutes(30);
    private static final Duration A_MOMENT = Duration.ofSeconds(10);
    private static final Duration SOMETIMES = Duration.ofSeconds(30);

    private final RailwayPoller poller;
    private final RailwayDetails details;
    private final ComputeWatch<ResourceID> watch;
    private final ConnectionSecrets secrets;
    private final SleepBarrier barrier;
    private final DatabaseSettings settings;
    private final VolumeRequests volumeRequests;
    private final InstantSource clock;

    /** What the Observer looks through, apart from the clock. */
    public record Windows(
            RailwayPoller poller,
            RailwayDetails details,
            ComputeWatch<ResourceID> watch,
            ConnectionSecrets secrets,
            SleepBarrier barrier) {}

    public DatabaseObserver(
            Windows windows, DatabaseSettings settings, VolumeRequests volumeRequests, InstantSource clock) {
        this.poller = windows.poller();
        this.details = windows.details();
        this.watch = windows.watch();
        this.secrets = windows.secrets();
        this.barrier = windows.barrier();
        this.settings = settings;
        this.volumeRequests = volumeRequests;
        this.clock = clock;
    }

    DatabaseObservation observe(ServerlessDatabase resource, RailwayHome home, boolean fresh) {
        DatabaseRef database = ref(resource);
        ServerlessDatabaseSpec spec = resource.getSpec();
        ServerlessDatabaseStatus status = StatusWriter.current(resource);
        Endpoint endpoint = settings.entrance().endpointOf(database);
        Optional<Credentials> credentials = secrets.find(resource);
        LoginSight login = login(resource, status);
        RailwaySight railway = railway(new Look(database, status, home, fresh, login));
        return new DatabaseObservation(
                database,
                spec,
                status,
                endpoint,
                WishAnnotations.read(annotations(resource)),
                railway,
                credentials,
                credentials.map(found -> ComputeConfiguration.of(database, spec, found, settings.image())),
                credentials.isPresent() && secrets.isPublished(resource, endpoint),
                login,
                newRoles(resource, login),
                login instanceof LoginSight.LoggedIn
                        ? watch.parameters(ResourceID.fromResource(resource))
                        : Optional.empty(),
                passage(database, status),
                volumeRequests.unanswered(database, status),
                fresh);
    }

    static DatabaseRef ref(ServerlessDatabase resource) {
        var metadata = resource.getMetadata();
        Long generation = metadata.getGeneration();
        return new DatabaseRef(
                metadata.getNamespace(), metadata.getName(), metadata.getUid(), generation == null ? 0 : generation);
    }

    static ResourceID id(DatabaseRef database) {
        return new ResourceID(database.name(), database.namespace());
    }

    private static Map<String, String> annotations(ServerlessDatabase resource) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    /** A suspend decides by what Postgres says at this moment, all else by what it said last. */
    private LoginSight login(ServerlessDatabase resource, ServerlessDatabaseStatus status) {
        ResourceID id = ResourceID.fromResource(resource);
        return status.phase() == Phase.SUSPENDING ? watch.look(id) : watch.last(id);
    }

    private Optional<RolesSnapshot> newRoles(ServerlessDatabase resource, LoginSight login) {
        return login instanceof LoginSight.LoggedIn in
                ? watch.roles(ResourceID.fromResource(resource))
                        .filter(roles -> !secrets.holdsRoles(resource, in.identity(), roles))
                : Optional.empty();
    }

    private Passage passage(DatabaseRef database, ServerlessDatabaseStatus status) {
        return StatusMemory.lsn(status)
                .map(position -> barrier.passage(database.uid(), position))
                .orElseGet(SleepBarrier.Passed::new);
    }

    // ---- Railway

    /** What one look at Railway is about. */
    private record Look(
            DatabaseRef database, ServerlessDatabaseStatus status, RailwayHome home, boolean fresh, LoginSight login) {}

    private RailwaySight railway(Look look) {
        EnvironmentListing listing = listing(look);
        Optional<ServiceInstance> service = listing.serviceNamed(look.database().serviceName());
        Optional<ServiceId> serviceId = service.map(ServiceInstance::serviceId);
        return new RailwaySight(
                look.home().project(),
                look.home().environment(),
                serviceId,
                volume(listing, serviceId, look.status()),
                service.map(found -> compute(found, look)).orElseGet(ComputeSight.Absent::new),
                serviceId.map(id -> address(id, look)).orElseGet(AddressSight.NotLooked::new),
                serviceId.flatMap(id -> variables(id, look)));
    }

    /** While a compute is on its way up or down, or is not where it should be, the last resync is too long ago. */
    private EnvironmentListing listing(Look look) {
        if (look.fresh()) {
            return poller.fresh(look.home());
        }
        Phase phase = look.status().phase();
        boolean missing = phase == Phase.ACTIVE && look.login() instanceof LoginSight.Unreachable;
        return missing || phase == Phase.WAKING || phase == Phase.SUSPENDING
                ? poller.recent(look.home(), A_MOMENT)
                : poller.last(look.home());
    }

    /** The disk on the service; when the service is gone, the disk that was on it. */
    private static Optional<VolumeInstance> volume(
            EnvironmentListing listing, Optional<ServiceId> service, ServerlessDatabaseStatus status) {
        String remembered = StatusMemory.objects(status).volumeId();
        return service.flatMap(listing::volumeOf)
                .or(() -> Optional.ofNullable(remembered).map(VolumeId::new).flatMap(listing::volume));
    }

    private ComputeSight compute(ServiceInstance service, Look look) {
        Optional<Deployment> watched = details.watched(id(look.database()));
        List<Deployment> listed = service.activeDeployments();
        Optional<Deployment> alive = listed.stream()
                .map(deployment -> newer(deployment, watched))
                .filter(deployment -> !deployment.hasEnded())
                .findFirst();
        Deployment latest = service.latestDeployment();
        Optional<Deployment> candidate =
                alive.or(() -> Optional.ofNullable(latest).map(deployment -> newer(deployment, watched)));
        return candidate
                .filter(deployment -> !deployment.hasEnded())
                .or(() -> notYetListed(latest, look, watched))
                .or(() -> candidate)
                .map(DatabaseObserver::sight)
                .orElseGet(ComputeSight.Absent::new);
    }

    /** Pushed news beat a listing, unless the listing knows something later. */
    private static Deployment newer(Deployment listed, Optional<Deployment> watched) {
        return watched.filter(pushed -> pushed.id().equals(listed.id()))
                .filter(pushed -> !isLater(listed, pushed))
                .orElse(listed);
    }

    private static boolean isLater(Deployment one, Deployment other) {
        Instant changed = one.statusUpdatedAt();
        Instant otherChanged = other.statusUpdatedAt();
        return changed != null && otherChanged != null && changed.isAfter(otherChanged);
    }

    /** The deployment that a wake has made, while listings still end with the one before it. */
    private Optional<Deployment> notYetListed(@Nullable Deployment latest, Look look, Optional<Deployment> watched) {
        String remembered = StatusMemory.objects(look.status()).deploymentId();
        if (remembered == null || (latest != null && latest.id().value().equals(remembered))) {
            return Optional.empty();
        }
        DeploymentId id = new DeploymentId(remembered);
        Optional<Deployment> known =
                watched.filter(deployment -> deployment.id().equals(id));
        return (known.isPresent() || !look.fresh() ? known : read(look.home(), id))
                .filter(deployment -> !deployment.hasEnded());
    }

    private static Optional<Deployment> read(RailwayHome home, DeploymentId id) {
        try {
            return Optional.of(home.client().deployment(id));
        } catch (RailwayException.NotFound | RailwayException.Unauthorized gone) {
            return Optional.empty();
        }
    }

    private static ComputeSight sight(Deployment deployment) {
        String id = deployment.id().value();
        return deployment.hasEnded()
                ? new ComputeSight.Ended(id, deployment.hasFailed(), deployment.statusUpdatedAt())
                : new ComputeSight.Alive(id, deployment.statusUpdatedAt());
    }

    private AddressSight address(ServiceId service, Look look) {
        Optional<Duration> maxAge = addressAge(look);
        return maxAge.isEmpty()
                ? new AddressSight.NotLooked()
                : sight(details.tcpProxies(look.home(), service, maxAge.get()));
    }

    private Optional<Duration> addressAge(Look look) {
        Phase phase = look.status().phase();
        if (phase == null || phase == Phase.PROVISIONING) {
            boolean known = StatusMemory.objects(look.status()).address() != null;
            boolean made = look.status().deployedConfiguration() != null;
            return made ? Optional.of(known ? SOMETIMES : Duration.ZERO) : Optional.empty();
        }
        return switch (phase) {
            case WAKING -> isFailing(look) ? Optional.of(SOMETIMES) : Optional.empty();
            case ACTIVE -> Optional.of(isFailing(look) ? SOMETIMES : RARELY);
            case SUSPENDING, SUSPENDED, FAILED, DELETING, PROVISIONING, RESTORING -> Optional.empty();
        };
    }

    /** Starts that take long may do so as the address has changed or is gone. */
    private boolean isFailing(Look look) {
        Instant since = StatusMemory.since(look.status(), clock.instant());
        return !(look.login() instanceof LoginSight.LoggedIn)
                && since.plus(SOMETIMES).isBefore(clock.instant());
    }

    private static AddressSight sight(List<TcpProxy> proxies) {
        List<TcpProxy> ours = proxies.stream()
                .filter(proxy -> proxy.applicationPort() == ComputeConfiguration.PORT && proxy.deletedAt() == null)
                .toList();
        return ours.stream()
                .filter(TcpProxy::isActive)
                .findFirst()
                .<AddressSight>map(
                        proxy -> new AddressSight.Open(new ComputeAddress(proxy.domain(), proxy.proxyPort())))
                .orElseGet(() -> ours.isEmpty() ? new AddressSight.Missing() : new AddressSight.Opening());
    }

    private Optional<Map<String, String>> variables(ServiceId service, Look look) {
        Phase phase = look.status().phase();
        boolean unknown =
                (phase == null || phase == Phase.PROVISIONING) && look.status().deployedConfiguration() == null;
        if (unknown) {
            return Optional.of(details.variables(look.home(), service, Duration.ZERO));
        }
        boolean up = phase == Phase.ACTIVE || (phase == Phase.WAKING && isFailing(look));
        return up ? Optional.of(details.variables(look.home(), service, RARELY)) : Optional.empty();
    }
}
