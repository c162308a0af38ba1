package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Takes things away with all that hangs on them: processes end first, folders go last. */
final class Removal {
    private final World world;
    private final Deployments deployments;
    private final Forwarders forwarders;
    private final VolumeFolders folders;
    private final Clock clock = Clock.systemUTC();

    Removal(World world, Deployments deployments, Forwarders forwarders, VolumeFolders folders) {
        this.world = world;
        this.deployments = deployments;
        this.forwarders = forwarders;
        this.folders = folders;
    }

    /** The service in this environment. Its volume stays, attached to nothing once the process is gone. */
    void removeService(Place place) {
        var _ = deployments.removeAll(place).thenRun(() -> detachVolumes(place));
        var closed = world.change(state -> {
            var now = clock.instant();
            state.instance(place).ifPresent(row -> state.instances().put(row.deleted(now)));
            forget(state, place);
            dropUnusedService(state, place.serviceId());
            return deleteProxies(state, state.proxiesOf(place));
        });
        closed.forEach(forwarders::close);
    }

    private void detachVolumes(Place place) {
        world.change(state -> {
            var disks = state.volumesOf(place).toList();
            disks.forEach(row -> state.volumeInstances().put(row.attached(null, row.mountPath())));
            return disks;
        });
    }

    /** All disks of the volume. The rows stay readable, as pending deletion. */
    void removeVolume(Row.Volume volume) {
        var disks = world.change(state -> {
            var found = state.volumeInstances()
                    .where(row -> row.volumeId().equals(volume.id()) && row.deletedAt() == null)
                    .toList();
            found.forEach(row -> state.volumeInstances().put(row.deleted(clock.instant())));
            return found;
        });
        disks.forEach(this::deleteFolder);
    }

    void removeEnvironment(Row.Environment environment) {
        var places = world.read(state -> state.instances()
                .where(row -> row.deletedAt() == null && row.environmentId().equals(environment.id()))
                .map(Place::of)
                .toList());
        places.forEach(this::removeService);
        var disks = world.change(state -> {
            var now = clock.instant();
            state.environments().put(environment.deleted(now));
            var found = state.volumeInstances()
                    .where(row -> row.environmentId().equals(environment.id()) && row.deletedAt() == null)
                    .toList();
            found.forEach(row -> state.volumeInstances().put(row.deleted(now)));
            return found;
        });
        disks.forEach(this::deleteFolder);
    }

    void removeProxy(Row.TcpProxy proxy) {
        world.change(state -> deleteProxies(state, Stream.of(proxy))).forEach(forwarders::close);
    }

    private List<Row.TcpProxy> deleteProxies(State state, Stream<Row.TcpProxy> proxies) {
        var gone = proxies.toList();
        gone.forEach(row -> state.proxies().put(row.deleted(clock.instant())));
        return gone;
    }

    private static void forget(State state, Place place) {
        var services = JsonNodeFactory.instance.objectNode().putNull(place.serviceId());
        var patch = JsonNodeFactory.instance.objectNode().set("services", services);
        state.environments()
                .find(place.environmentId())
                .ifPresent(row -> state.environments().put(row.configured(MergePatch.apply(row.config(), patch))));
    }

    private void dropUnusedService(State state, String serviceId) {
        var used = state.instances()
                .where(row -> row.deletedAt() == null && row.serviceId().equals(serviceId))
                .findAny();
        if (used.isEmpty()) {
            state.services().find(serviceId).ifPresent(row -> state.services().put(row.deleted(clock.instant())));
        }
    }

    /** A process that still has the disk loses its deployment first. */
    private void deleteFolder(Row.VolumeInstance disk) {
        var serviceId = disk.serviceId();
        var unused = serviceId == null
                ? CompletableFuture.<Void>completedFuture(null)
                : deployments.removeAll(new Place(disk.environmentId(), serviceId));
        var _ = unused.thenRun(() -> folders.delete(disk.id()));
    }
}
