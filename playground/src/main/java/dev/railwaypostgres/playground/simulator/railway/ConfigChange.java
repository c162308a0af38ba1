package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Applies one patch to an environment, within a change of the world, and says what has to be done outside of it. */
final class ConfigChange {
    private static final List<String> NEEDS_DEPLOY = List.of("source", "variables", "deploy", "volumeMounts");
    private static final Clock CLOCK = Clock.systemUTC();

    private final State state;
    private final Row.Environment environment;
    private final List<Place> toDeploy = new ArrayList<>();
    private final List<Place> toRemove = new ArrayList<>();
    private final List<Row.TcpProxy> toOpen = new ArrayList<>();

    /** What follows from a patch. */
    record Consequences(List<Place> toDeploy, List<Place> toRemove, List<Row.TcpProxy> toOpen) {}

    private ConfigChange(State state, Row.Environment environment) {
        this.state = state;
        this.environment = environment;
    }

    /** Refuses the whole patch before anything is changed. */
    static Consequences apply(State state, Row.Environment environment, ObjectNode patch) {
        var change = new ConfigChange(state, environment);
        change.check(patch);
        var merged = MergePatch.apply(environment.config(), patch);
        state.environments().put(environment.configured(merged));
        patch.path("volumes").properties().forEach(entry -> change.volume(entry.getKey(), entry.getValue()));
        patch.path("services").properties().forEach(entry -> change.service(entry.getKey(), entry.getValue(), merged));
        return new Consequences(change.toDeploy, change.toRemove, change.toOpen);
    }

    private void check(ObjectNode patch) {
        patch.path("services").properties().forEach(entry -> checkService(entry.getKey(), entry.getValue()));
        patch.path("volumes").properties().forEach(entry -> checkVolume(entry.getKey(), entry.getValue()));
    }

    private void checkService(String id, JsonNode patch) {
        if (state.instance(place(id)).isEmpty()) {
            throw ApiException.notFound("Service " + id);
        }
        patch.path("volumeMounts").propertyStream().forEach(entry -> disk(entry.getKey()));
        patch.path("deploy").path("multiRegionConfig").propertyStream().forEach(entry -> Regions.check(entry.getKey()));
    }

    private void checkVolume(String id, JsonNode patch) {
        var disk = disk(id);
        if (patch.path("sizeMB").asInt(disk.sizeMB()) < disk.sizeMB()) {
            throw ApiException.badInput("Volume size can only be increased");
        }
        if (patch.hasNonNull("region")) {
            Regions.check(patch.path("region").asText());
        }
    }

    private void volume(String id, JsonNode patch) {
        var disk = disk(id).resized(patch.path("sizeMB").asInt(disk(id).sizeMB()));
        state.volumeInstances().put(disk.moved(patch.path("region").asText(disk.region())));
    }

    private void service(String id, JsonNode patch, ObjectNode merged) {
        var place = place(id);
        if (patch.path("isDeleted").asBoolean(false)) {
            toRemove.add(place);
            return;
        }
        patch.path("volumeMounts").propertyStream().forEach(entry -> mount(entry.getKey(), entry.getValue(), id));
        patch.path("networking").path("tcpProxies").propertyStream().forEach(entry -> openPort(place, entry.getKey()));
        var before = environment.config().path("services").path(id);
        var after = merged.path("services").path(id);
        var isChanged =
                NEEDS_DEPLOY.stream().anyMatch(part -> !before.path(part).equals(after.path(part)));
        if (isChanged && after.path("source").has("image")) {
            toDeploy.add(place);
        }
    }

    private void mount(String volumeId, JsonNode patch, String serviceId) {
        var disk = disk(volumeId);
        var attached = patch.isNull()
                ? disk.attached(null, disk.mountPath())
                : disk.attached(serviceId, patch.path("mountPath").asText(disk.mountPath()));
        state.volumeInstances().put(attached);
    }

    /** A patch can only add a port; taking one away has a mutation of its own. */
    private void openPort(Place place, String applicationPort) {
        var number = Integer.parseInt(applicationPort);
        if (state.proxiesOf(place).noneMatch(row -> row.applicationPort() == number)) {
            toOpen.add(newProxy(state, place, number));
        }
    }

    static Row.TcpProxy newProxy(State state, Place place, int applicationPort) {
        var row = new Row.TcpProxy(
                UUID.randomUUID().toString(),
                place.serviceId(),
                place.environmentId(),
                applicationPort,
                Ports.free(),
                CLOCK.instant(),
                null);
        state.proxies().put(row);
        return row;
    }

    private Place place(String serviceId) {
        return new Place(environment.id(), serviceId);
    }

    private Row.VolumeInstance disk(String volumeId) {
        return state.volumeInstances()
                .where(row -> row.deletedAt() == null
                        && row.volumeId().equals(volumeId)
                        && row.environmentId().equals(environment.id()))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("Volume " + volumeId));
    }
}
