package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.DeploymentInstance;
import dev.railwaypostgres.railway.model.DeploymentInstanceStatus;
import dev.railwaypostgres.railway.model.DeploymentStatus;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.EnvironmentListing;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.RestartPolicy;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.railway.model.TokenScope;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Railway with one service in one environment. What nobody here should call is not there. */
final class FakeRailway {
    static final String SERVICE = "Postgres";
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("e-1");
    private static final ServiceId ID = new ServiceId("s-1");

    /** Every call, reads too. */
    final List<String> calls = new ArrayList<>();

    RestartPolicy restartPolicy = RestartPolicy.ON_FAILURE;
    boolean isThere = true;
    boolean ignoresStop;
    boolean ignoresRemove;

    /** Listings go on showing what was for so long. */
    boolean listsLate;

    /** What every call meets, if anything. */
    @Nullable
    RuntimeException trouble;

    /** When the container that runs was started. */
    Instant startedAt;

    private final FakeClock clock;
    private final Fuse fuse;
    private int deployments = 1;
    private DeploymentStatus status = DeploymentStatus.SUCCESS;
    private DeploymentInstanceStatus instance = DeploymentInstanceStatus.RUNNING;
    private boolean isStopped;
    private @Nullable ServiceInstance lastListed;

    FakeRailway(FakeClock clock, Fuse fuse) {
        this.clock = clock;
        this.fuse = fuse;
        this.startedAt = clock.instant().minus(Duration.ofDays(1));
    }

    RailwayClient client() {
        return (RailwayClient) Proxy.newProxyInstance(
                RailwayClient.class.getClassLoader(), new Class<?>[] {RailwayClient.class}, this::call);
    }

    private @Nullable Object call(Object client, Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("under")) {
            return client;
        }
        if (method.getName().equals("close")) {
            return null;
        }
        calls.add(method.getName());
        if (trouble != null) {
            throw trouble;
        }
        return answer(method.getName());
    }

    private @Nullable Object answer(String name) {
        return switch (name) {
            case "tokenScope" -> new TokenScope.OneEnvironment(new ProjectId("p-1"), ENVIRONMENT);
            case "environment" -> new EnvironmentListing(ENVIRONMENT, "production", null, 0, listed(), List.of());
            case "service" -> service();
            case "deployment" -> latest();
            case "deploy" -> deploy();
            case "stop" -> end(!ignoresStop, DeploymentStatus.SUCCESS, DeploymentInstanceStatus.STOPPED);
            case "remove" -> end(!ignoresRemove, DeploymentStatus.REMOVED, DeploymentInstanceStatus.REMOVED);
            case "cancel" -> end(true, DeploymentStatus.REMOVED, DeploymentInstanceStatus.REMOVED);
            default -> throw new AssertionError("nobody here should call " + name);
        };
    }

    long count(String... names) {
        return calls.stream().filter(List.of(names)::contains).count();
    }

    boolean isRunning() {
        return instance == DeploymentInstanceStatus.RUNNING;
    }

    /** The container ends by itself with status 0. */
    void exit() {
        if (isRunning() && restartPolicy == RestartPolicy.ALWAYS) {
            startedAt = clock.instant();
        } else if (isRunning()) {
            isStopped = true;
            instance = DeploymentInstanceStatus.EXITED;
        }
    }

    /** Somebody starts it in the dashboard. */
    void start() {
        deployments++;
        status = DeploymentStatus.SUCCESS;
        instance = DeploymentInstanceStatus.RUNNING;
        isStopped = false;
        startedAt = clock.instant();
    }

    private DeploymentId deploy() {
        start();
        fuse.effect();
        return latest().id();
    }

    private @Nullable Object end(boolean works, DeploymentStatus next, DeploymentInstanceStatus instanceNext) {
        if (works) {
            status = next;
            instance = instanceNext;
            isStopped = true;
        }
        fuse.effect();
        return null;
    }

    private List<ServiceInstance> listed() {
        if (!listsLate || lastListed == null) {
            lastListed = service();
        }
        return isThere ? List.of(lastListed) : List.of();
    }

    private ServiceInstance service() {
        if (!isThere) {
            throw new RailwayException.NotFound("ServiceInstance not found");
        }
        var active =
                Stream.of(latest()).filter(deployment -> !deployment.hasEnded()).toList();
        return new ServiceInstance(ID, SERVICE, restartPolicy, latest(), active, null);
    }

    private Deployment latest() {
        return new Deployment(
                new DeploymentId("d-" + deployments),
                status,
                isStopped,
                Objects.requireNonNull(clock.instant()),
                List.of(new DeploymentInstance("i-" + deployments, instance)));
    }
}
