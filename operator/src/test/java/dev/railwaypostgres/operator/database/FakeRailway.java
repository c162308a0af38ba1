package dev.railwaypostgres.operator.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railwaypostgres.railway.DeploymentWatch;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.DeploymentInstance;
import dev.railwaypostgres.railway.model.DeploymentInstanceStatus;
import dev.railwaypostgres.railway.model.DeploymentStatus;
import dev.railwaypostgres.railway.model.EnvironmentConfig;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.EnvironmentListing;
import dev.railwaypostgres.railway.model.EnvironmentSummary;
import dev.railwaypostgres.railway.model.NewEnvironment;
import dev.railwaypostgres.railway.model.NewProject;
import dev.railwaypostgres.railway.model.NewService;
import dev.railwaypostgres.railway.model.NewVolume;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.Region;
import dev.railwaypostgres.railway.model.ResourceLimits;
import dev.railwaypostgres.railway.model.RestartPolicy;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.railway.model.ServiceInstanceUpdate;
import dev.railwaypostgres.railway.model.TcpProxy;
import dev.railwaypostgres.railway.model.TcpProxyId;
import dev.railwaypostgres.railway.model.TcpProxySyncStatus;
import dev.railwaypostgres.railway.model.TokenScope;
import dev.railwaypostgres.railway.model.Usage;
import dev.railwaypostgres.railway.model.VariableUpsert;
import dev.railwaypostgres.railway.model.VolumeId;
import dev.railwaypostgres.railway.model.VolumeInstance;
import dev.railwaypostgres.railway.model.VolumeInstanceId;
import dev.railwaypostgres.railway.model.VolumeState;
import dev.railwaypostgres.railway.model.Workflow;
import dev.railwaypostgres.railway.model.WorkflowId;
import dev.railwaypostgres.railway.patch.EnvironmentPatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Railway in memory: one environment, whose deployments run as soon as they are asked for. */
final class FakeRailway implements RailwayClient {
    static final ProjectId PROJECT = new ProjectId("project");
    static final EnvironmentId ENVIRONMENT = new EnvironmentId("environment");

    /** What was done to it, in order: what a test counts. */
    final List<String> writes = new ArrayList<>();

    final Map<String, Service> services = new LinkedHashMap<>();
    final Map<String, Volume> volumes = new LinkedHashMap<>();
    int reads;
    int volumeQuota = 10;
    boolean ignoresStops;
    boolean failsStarts;

    @Nullable
    RailwayException failure;

    private final FakeClock clock;
    private final Fuse fuse;
    private int ids;

    FakeRailway(FakeClock clock, Fuse fuse) {
        this.clock = clock;
        this.fuse = fuse;
    }

    /** A service. */
    static final class Service {
        final String name;
        final Map<String, String> variables = new HashMap<>();
        final List<Deployment> deployments = new ArrayList<>();
        boolean hasProxy;

        Service(String name) {
            this.name = name;
        }
    }

    /** A volume. */
    static final class Volume {
        @Nullable
        String service;

        int sizeMB = 5000;
    }

    // ---- what tests do to it

    Service onlyService() {
        return services.values().iterator().next();
    }

    boolean isRunning() {
        return services.values().stream()
                .flatMap(service -> service.deployments.stream())
                .anyMatch(Deployment::isRunning);
    }

    /** The container ends by itself. */
    void exit() {
        services.values().forEach(service -> replaceLast(service, DeploymentStatus.SUCCESS, true));
    }

    void crash() {
        services.values().forEach(service -> replaceLast(service, DeploymentStatus.CRASHED, false));
    }

    /** A host move, an update: Railway deploys what nobody asked for. */
    void startByItself() {
        services.values().forEach(this::start);
    }

    long count(String write) {
        return writes.stream().filter(done -> done.startsWith(write)).count();
    }

    // ---- reads

    @Override
    public EnvironmentListing environment(EnvironmentId environment) {
        read();
        return new EnvironmentListing(
                environment,
                "production",
                null,
                0,
                services.entrySet().stream()
                        .map(entry -> instance(entry.getKey(), entry.getValue()))
                        .toList(),
                volumes.entrySet().stream()
                        .map(entry -> disk(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @Override
    public List<TcpProxy> tcpProxies(EnvironmentId environment, ServiceId service) {
        read();
        return of(service).hasProxy
                ? List.of(new TcpProxy(
                        new TcpProxyId("proxy-" + service), "proxy.test", 15432, 5432, TcpProxySyncStatus.ACTIVE, null))
                : List.of();
    }

    @Override
    public Map<String, String> variables(ProjectId project, EnvironmentId environment, ServiceId service) {
        read();
        return Map.copyOf(of(service).variables);
    }

    @Override
    public Deployment deployment(DeploymentId deployment) {
        read();
        return services.values().stream()
                .flatMap(service -> service.deployments.stream())
                .filter(known -> known.id().equals(deployment))
                .findFirst()
                .orElseThrow(() -> new RailwayException.NotFound("Deployment not found"));
    }

    @Override
    public List<Region> regions() {
        read();
        return List.of(new Region("europe-west4-drams3a", "NL", "Amsterdam"));
    }

    @Override
    public DeploymentWatch watch(DeploymentId deployment, Consumer<Deployment> observer) {
        return () -> {};
    }

    @Override
    public ServiceInstance service(EnvironmentId environment, ServiceId service) {
        read();
        return instance(service.value(), of(service));
    }

    // ---- writes

    @Override
    public ServiceId createService(NewService service) {
        refuse();
        if (services.values().stream().anyMatch(known -> known.name.equals(service.name()))) {
            throw new RailwayException.AlreadyExists("A service named " + service.name() + " already exists");
        }
        String id = "service-" + ++ids;
        Service made = new Service(service.name());
        made.variables.putAll(service.variables());
        services.put(id, made);
        done("createService");
        return new ServiceId(id);
    }

    @Override
    public VolumeId createVolume(NewVolume volume) {
        refuse();
        if (volumes.size() >= volumeQuota) {
            throw new RailwayException.LimitReached("The project has as many volumes as its plan allows");
        }
        String id = "volume-" + ++ids;
        Volume made = new Volume();
        made.service = volume.serviceId().value();
        volumes.put(id, made);
        done("createVolume");
        return new VolumeId(id);
    }

    @Override
    public void commitPatch(EnvironmentId environment, EnvironmentPatch patch, String message) {
        refuse();
        JsonNode json = patch.toJson();
        json.path("services").forEachEntry((id, change) -> {
            Service service = of(new ServiceId(id));
            change.path("variables")
                    .forEachEntry((name, value) ->
                            service.variables.put(name, value.path("value").asText()));
            service.hasProxy |= change.at("/networking/tcpProxies").has("5432");
            change.path("volumeMounts").forEachEntry((volume, mount) -> attach(volume, id));
            start(service);
        });
        json.path("volumes").forEachEntry((id, change) -> {
            Volume volume = volumes.get(id);
            if (volume != null && change.has("sizeMB")) {
                volume.sizeMB = change.path("sizeMB").asInt();
            }
        });
        done("commitPatch");
    }

    @Override
    public void upsertVariables(VariableUpsert variables) {
        refuse();
        of(variables.serviceId()).variables.putAll(variables.variables());
        done("upsertVariables");
    }

    @Override
    public void updateService(EnvironmentId environment, ServiceId service, ServiceInstanceUpdate update) {
        refuse();
        done("updateService");
    }

    @Override
    public void updateLimits(EnvironmentId environment, ServiceId service, ResourceLimits limits) {
        refuse();
        done("updateLimits " + limits.vcpus());
    }

    @Override
    public DeploymentId deploy(EnvironmentId environment, ServiceId service) {
        refuse();
        Deployment made = start(of(service));
        done("deploy");
        return made.id();
    }

    @Override
    public void stop(DeploymentId deployment) {
        refuse();
        if (!ignoresStops) {
            exit();
        }
        done("stop");
    }

    @Override
    public void remove(DeploymentId deployment) {
        refuse();
        services.values().forEach(service -> replaceLast(service, DeploymentStatus.REMOVED, true));
        done("remove");
    }

    @Override
    public void cancel(DeploymentId deployment) {
        done("cancel");
    }

    @Override
    public void deleteTcpProxy(TcpProxyId proxy) {
        refuse();
        services.values().forEach(service -> service.hasProxy = false);
        done("deleteTcpProxy");
    }

    @Override
    public void deleteVolume(VolumeId volume) {
        refuse();
        volumes.remove(volume.value());
        done("deleteVolume");
    }

    @Override
    public void deleteService(EnvironmentId environment, ServiceId service) {
        refuse();
        services.remove(service.value());
        done("deleteService");
    }

    // ---- what databases never ask for

    @Override
    public TokenScope tokenScope() {
        throw new AssertionError("not asked for");
    }

    @Override
    public EnvironmentConfig environmentConfig(EnvironmentId environment) {
        throw new AssertionError("not asked for");
    }

    @Override
    public List<EnvironmentSummary> environments(ProjectId project) {
        throw new AssertionError("not asked for");
    }

    @Override
    public List<Usage> usage(ProjectId project, Instant from, Instant to) {
        throw new AssertionError("not asked for");
    }

    @Override
    public Workflow workflow(WorkflowId workflow) {
        throw new AssertionError("not asked for");
    }

    @Override
    public ProjectId createProject(NewProject project) {
        throw new AssertionError("not asked for");
    }

    @Override
    public EnvironmentId createEnvironment(NewEnvironment environment) {
        throw new AssertionError("not asked for");
    }

    @Override
    public void deleteEnvironment(EnvironmentId environment) {
        throw new AssertionError("not asked for");
    }

    @Override
    public WorkflowId backUpVolume(VolumeInstanceId volume, String name) {
        throw new AssertionError("not asked for");
    }

    @Override
    public void createTcpProxy(EnvironmentId environment, ServiceId service, int port) {
        throw new AssertionError("not asked for");
    }

    @Override
    public void restart(DeploymentId deployment) {
        throw new AssertionError("not asked for");
    }

    // ---- inside

    private void read() {
        refuse();
        reads++;
    }

    private void refuse() {
        if (failure != null) {
            throw failure;
        }
    }

    private void done(String write) {
        writes.add(write);
        fuse.effect();
    }

    private Service of(ServiceId id) {
        Service service = services.get(id.value());
        if (service == null) {
            throw new RailwayException.NotFound("Service not found");
        }
        return service;
    }

    private void attach(String volume, String service) {
        Volume known = volumes.get(volume);
        if (known != null) {
            known.service = service;
        }
    }

    private Deployment start(Service service) {
        replaceLast(service, DeploymentStatus.REMOVED, true);
        Deployment made = failsStarts
                ? deployment("deployment-" + ++ids, DeploymentStatus.CRASHED, false)
                : deployment("deployment-" + ++ids, DeploymentStatus.SUCCESS, false);
        service.deployments.add(made);
        return made;
    }

    private void replaceLast(Service service, DeploymentStatus status, boolean stopped) {
        if (!service.deployments.isEmpty() && !service.deployments.getLast().hasEnded()) {
            Deployment last = service.deployments.removeLast();
            service.deployments.add(deployment(last.id().value(), status, stopped));
        }
    }

    private Deployment deployment(String id, DeploymentStatus status, boolean stopped) {
        boolean runs = status == DeploymentStatus.SUCCESS && !stopped;
        DeploymentInstanceStatus container = runs ? DeploymentInstanceStatus.RUNNING : DeploymentInstanceStatus.EXITED;
        return new Deployment(
                new DeploymentId(id),
                status,
                stopped,
                clock.instant(),
                List.of(new DeploymentInstance(id + "-0", container)));
    }

    private static ServiceInstance instance(String id, Service service) {
        List<Deployment> active =
                service.deployments.stream().filter(known -> !known.hasEnded()).toList();
        Deployment latest = service.deployments.isEmpty() ? null : service.deployments.getLast();
        return new ServiceInstance(new ServiceId(id), service.name, RestartPolicy.ON_FAILURE, latest, active, null);
    }

    private static VolumeInstance disk(String id, Volume volume) {
        return new VolumeInstance(
                new VolumeInstanceId("instance-of-" + id),
                new VolumeId(id),
                volume.service == null ? null : new ServiceId(volume.service),
                "/var/lib/postgresql/data",
                volume.sizeMB,
                100,
                VolumeState.READY,
                null,
                false,
                null);
    }
}
