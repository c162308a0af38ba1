package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.simulator.railway.DeploymentLife.End;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** All deployments: makes them, ends them, runs their containers, and notes what became of them. */
final class Deployments {
    private static final int KEPT_DEPLOYMENTS = 10;

    private final Map<String, DeploymentLife> lives = new ConcurrentHashMap<>();
    private final Map<Place, Lock> mounts = new ConcurrentHashMap<>();
    private final ProcessNursery nursery = new ProcessNursery();
    private final DeploymentWatchers watchers = new DeploymentWatchers();
    private final World world;
    private final SimulatorConfig config;
    private final ContainerFactory containers;
    private final VolumeFolders folders;
    private final Forwarders forwarders;
    private final Quirks quirks;
    private final Clock clock = Clock.systemUTC();

    Deployments(World world, SimulatorConfig config, VolumeFolders folders, Forwarders forwarders, Quirks quirks) {
        this.world = world;
        this.config = config;
        this.containers = new ContainerFactory(world, folders);
        this.folders = folders;
        this.forwarders = forwarders;
        this.quirks = quirks;
    }

    /** A new deployment of the service as it is configured now; all earlier ones end first. */
    String deploy(Place place) {
        return deploy(place, world.read(state -> state.configOf(place)));
    }

    String deploy(Place place, ObjectNode serviceConfig) {
        var now = clock.instant();
        var id = UUID.randomUUID().toString();
        var row = new Row.Deployment(
                id,
                place.serviceId(),
                place.environmentId(),
                serviceConfig,
                "QUEUED",
                false,
                UUID.randomUUID().toString(),
                "CREATED",
                now,
                now,
                null,
                null);
        var earlier = world.change(state -> {
            var others = notRemoved(state, place);
            forgetOldest(state, place);
            state.deployments().put(row);
            return others;
        });
        for (var other : earlier) {
            var _ = remove(other);
        }
        begin(row);
        return id;
    }

    /** A database that wakes a hundred times a day must not make the list longer each time. */
    private static void forgetOldest(State state, Place place) {
        var removed =
                state.deploymentsOf(place).filter(Row.Deployment::isRemoved).toList();
        removed.stream().limit(Math.max(0, removed.size() - KEPT_DEPLOYMENTS)).forEach(state.deployments()::remove);
    }

    /** Runs again what ran when the last simulator ended. */
    void resume() {
        world.read(state -> state.deployments()
                        .where(row ->
                                row.isAlive() && state.instance(Place.of(row)).isPresent())
                        .toList())
                .forEach(this::begin);
    }

    /** Restarts a deployment with the config that it was made with, in whichever state it is. */
    void restart(Row.Deployment row) {
        var _ = end(row.id(), End.LEAVE).thenRun(() -> begin(row));
    }

    CompletableFuture<Void> stop(String id) {
        return end(id, End.STOP);
    }

    /** Ends the deployment, or files away one that has ended. */
    CompletableFuture<Void> remove(String id) {
        return end(id, End.REMOVE).thenRun(() -> {
            if (!row(id).isRemoved()) {
                finish(id, "REMOVED", "REMOVED");
            }
        });
    }

    /** Ends all deployments of the place; done when nothing runs there any more. */
    CompletableFuture<Void> removeAll(Place place) {
        var all = world.read(state -> notRemoved(state, place));
        return CompletableFuture.allOf(all.stream().map(this::remove).toArray(CompletableFuture[]::new));
    }

    private static List<String> notRemoved(State state, Place place) {
        return state.deploymentsOf(place)
                .filter(row -> !row.isRemoved())
                .map(Row.Deployment::id)
                .toList();
    }

    DeploymentWatchers watchers() {
        return watchers;
    }

    /** Ends all processes and leaves the rows as they are, so that the next simulator goes on. */
    void close() {
        var ends = lives.values().stream().map(life -> life.end(End.LEAVE)).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends).join();
        nursery.close();
    }

    private CompletableFuture<Void> end(String id, End end) {
        var life = lives.get(id);
        return life == null ? CompletableFuture.completedFuture(null) : life.end(end);
    }

    private void begin(Row.Deployment row) {
        var mount = mounts.computeIfAbsent(Place.of(row), _ -> new ReentrantLock(true));
        var life = new DeploymentLife(row.id(), mount, this, quirks.bootDelay());
        lives.put(row.id(), life);
        Thread.ofVirtual().name("deployment-" + row.id()).start(() -> {
            life.run();
            lives.remove(row.id(), life);
        });
    }

    void enter(String id, String status, String instanceStatus) {
        update(id, row -> row.entered(status, instanceStatus, clock.instant()));
    }

    void finish(String id, String status, String instanceStatus) {
        update(id, row -> row.ended(status, instanceStatus, clock.instant()));
    }

    /** Whether the container can be created at all: one volume at most, where one is required, and an image that exists. */
    boolean canMount(String id) {
        var row = row(id);
        var volumes = containers.volumes(row);
        var required = row.config().path("deploy").path("requiredMountPath").asText("");
        var hasRequired = required.isEmpty()
                || volumes.stream().anyMatch(volume -> volume.mountPath().equals(required));
        return volumes.size() <= 1
                && hasRequired
                && config.process(containers.container(row, 0)).isPresent();
    }

    boolean restartsAfter(String id, int status, int restarts) {
        var deploy = row(id).config().path("deploy");
        return switch (deploy.path("restartPolicyType").asText("ON_FAILURE")) {
            case "ALWAYS" -> true;
            case "NEVER" -> false;
            default ->
                status != 0 && restarts < deploy.path("restartPolicyMaxRetries").asInt(10);
        };
    }

    int drainingSeconds(String id) {
        return ContainerFactory.drainingSeconds(row(id).config());
    }

    RunningContainer startContainer(String id) {
        var row = row(id);
        var container = containers.container(row, Ports.free());
        var process = config.process(container).orElseThrow();
        process.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log(row)));
        var running = new RunningContainer(nursery.startUnprivileged(process, container.folder()));
        update(id, before -> before.started(UUID.randomUUID().toString(), clock.instant()));
        forwarders.serviceListensOn(Place.of(row), container.port());
        return running;
    }

    void containerEnded(String id) {
        var row = row(id);
        forwarders.serviceStopped(Place.of(row));
        containers.volumes(row).forEach(folders::measure);
    }

    private File log(Row.Deployment row) {
        var name = world.read(state ->
                state.services().find(row.serviceId()).map(Row.Service::name).orElse("service"));
        return Path.of(config.folder().toString(), "logs", name + ".log").toFile();
    }

    private Row.Deployment row(String id) {
        return world.read(state -> state.deployments().find(id).orElseThrow());
    }

    private void update(String id, UnaryOperator<Row.Deployment> change) {
        var changed = world.change(state -> {
            var row = change.apply(state.deployments().find(id).orElseThrow());
            state.deployments().put(row);
            return row;
        });
        watchers.tell(changed);
    }
}
