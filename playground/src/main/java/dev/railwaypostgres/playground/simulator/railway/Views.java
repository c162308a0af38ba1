package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows in the form in which the API's types show them, as far as they are visible yet. */
final class Views {
    private static final String PRIVATE_DOMAIN = ".railway.internal";

    private final Quirks quirks;
    private final Clock clock;
    private final ToDoubleFunction<Row.VolumeInstance> usedMB;

    Views(Quirks quirks, Clock clock, ToDoubleFunction<Row.VolumeInstance> usedMB) {
        this.quirks = quirks;
        this.clock = clock;
        this.usedMB = usedMB;
    }

    /** Whether the lag after its creation is over. */
    boolean isVisible(Row row) {
        return !row.createdAt().plus(quirks.creationLag()).isAfter(clock.instant());
    }

    Map<String, @Nullable Object> project(Row.Project row) {
        return fields(
                "id",
                row.id(),
                "name",
                row.name(),
                "workspaceId",
                row.workspaceId(),
                "deletedAt",
                row.deletedAt(),
                "createdAt",
                row.createdAt(),
                "updatedAt",
                row.createdAt());
    }

    Map<String, @Nullable Object> environment(State state, Row.Environment row) {
        var view = fields(
                "id",
                row.id(),
                "name",
                row.name(),
                "projectId",
                row.projectId(),
                "isEphemeral",
                row.isEphemeral(),
                "canAccess",
                true,
                "createdAt",
                row.createdAt(),
                "updatedAt",
                row.createdAt(),
                "deletedAt",
                row.deletedAt());
        view.put("config", World.JSON.convertValue(row.config(), Object.class));
        view.put("configEtag", Integer.toHexString(row.config().hashCode()));
        view.put("unmergedChangesCount", 0);
        state.environments()
                .find(row.sourceEnvironmentId())
                .ifPresent(source -> view.put("sourceEnvironment", environment(state, source)));
        return view;
    }

    Stream<Map<String, @Nullable Object>> instances(State state, String environmentId) {
        return state.instances()
                .where(row -> row.environmentId().equals(environmentId) && isVisible(row))
                .filter(row -> row.deletedAt() == null || quirks.showsDeletedServices())
                .map(row -> instance(state, row));
    }

    Stream<Map<String, @Nullable Object>> volumeInstances(State state, String environmentId) {
        return state.volumeInstances()
                .where(row -> row.environmentId().equals(environmentId) && isVisible(row))
                .map(row -> volumeInstance(state, row));
    }

    Stream<Map<String, @Nullable Object>> deployments(State state, String environmentId) {
        return state.deployments()
                .where(row -> row.environmentId().equals(environmentId))
                .map(row -> deployment(state, row));
    }

    Map<String, @Nullable Object> service(Row.Service row) {
        return fields(
                "id",
                row.id(),
                "name",
                row.name(),
                "projectId",
                row.projectId(),
                "createdAt",
                row.createdAt(),
                "updatedAt",
                row.createdAt(),
                "deletedAt",
                row.deletedAt());
    }

    Map<String, @Nullable Object> instance(State state, Row.ServiceInstance row) {
        var place = Place.of(row);
        var config = state.configOf(place);
        var deploy = config.path("deploy");
        var name = state.services().find(row.serviceId()).map(Row.Service::name).orElse("");
        var view = fields(
                "id",
                row.id(),
                "serviceId",
                row.serviceId(),
                "serviceName",
                name,
                "environmentId",
                row.environmentId(),
                "createdAt",
                row.createdAt(),
                "updatedAt",
                row.createdAt(),
                "deletedAt",
                row.deletedAt());
        for (var setting : List.of(
                "startCommand",
                "numReplicas",
                "region",
                "sleepApplication",
                "drainingSeconds",
                "overlapSeconds",
                "cronSchedule",
                "healthcheckPath")) {
            view.put(setting, value(deploy.path(setting)));
        }
        view.put("restartPolicyType", deploy.path("restartPolicyType").asText("ON_FAILURE"));
        view.put(
                "restartPolicyMaxRetries",
                deploy.path("restartPolicyMaxRetries").asInt(10));
        view.put("source", value(config.path("source")));
        view.put("upstreamUrl", name + PRIVATE_DOMAIN);
        view.put("latestDeployment", latestDeployment(state, place).orElse(null));
        view.put(
                "activeDeployments",
                state.deploymentsOf(place)
                        .filter(Row.Deployment::isAlive)
                        .map(deployment -> deployment(state, deployment))
                        .toList());
        return view;
    }

    private Optional<Map<String, @Nullable Object>> latestDeployment(State state, Place place) {
        return state.latestDeployment(place)
                .filter(row -> !quirks.hidesRemovedDeployments() || !row.isRemoved())
                .map(row -> deployment(state, row));
    }

    Map<String, @Nullable Object> deployment(State state, Row.Deployment row) {
        var view = fields(
                "id",
                row.id(),
                "serviceId",
                row.serviceId(),
                "environmentId",
                row.environmentId(),
                "status",
                row.status(),
                "deploymentStopped",
                row.isStopped(),
                "statusUpdatedAt",
                row.statusUpdatedAt(),
                "createdAt",
                row.createdAt(),
                "updatedAt",
                row.statusUpdatedAt());
        view.put(
                "projectId",
                state.environments()
                        .find(row.environmentId())
                        .map(Row.Environment::projectId)
                        .orElse(""));
        view.put("canRedeploy", !row.isRemoved());
        view.put("canRollback", false);
        view.put("instances", List.of(Map.of("id", row.instanceId(), "status", row.instanceStatus())));
        view.put(
                "meta",
                Map.of(
                        "serviceManifest",
                        Map.of(
                                "deploy",
                                Objects.requireNonNullElse(value(row.config().path("deploy")), Map.of()))));
        return view;
    }

    Map<String, @Nullable Object> volume(Row.Volume row) {
        return fields("id", row.id(), "name", row.name(), "projectId", row.projectId(), "createdAt", row.createdAt());
    }

    Map<String, @Nullable Object> volumeInstance(State state, Row.VolumeInstance row) {
        var view = fields(
                "id",
                row.id(),
                "externalId",
                row.id(),
                "volumeId",
                row.volumeId(),
                "environmentId",
                row.environmentId(),
                "serviceId",
                row.serviceId(),
                "mountPath",
                row.mountPath(),
                "sizeMB",
                row.sizeMB(),
                "region",
                row.region(),
                "createdAt",
                row.createdAt(),
                "deletedAt",
                row.deletedAt());
        view.put("currentSizeMB", usedMB.applyAsDouble(row));
        view.put("isPendingDeletion", row.deletedAt() != null);
        view.put("state", row.deletedAt() == null ? "READY" : "DELETING");
        state.volumes().find(row.volumeId()).ifPresent(volume -> view.put("volume", volume(volume)));
        return view;
    }

    Map<String, @Nullable Object> proxy(Row.TcpProxy row) {
        return fields(
                "id",
                row.id(),
                "serviceId",
                row.serviceId(),
                "environmentId",
                row.environmentId(),
                "domain",
                "127.0.0.1",
                "applicationPort",
                row.applicationPort(),
                "proxyPort",
                row.proxyPort(),
                "syncStatus",
                row.deletedAt() == null ? "ACTIVE" : "DELETED",
                "createdAt",
                row.createdAt(),
                "deletedAt",
                row.deletedAt());
    }

    Map<String, @Nullable Object> backup(Row.Backup row) {
        return fields("id", row.id(), "externalId", row.id(), "name", row.name(), "createdAt", row.createdAt());
    }

    private static @Nullable Object value(JsonNode node) {
        return node.isMissingNode() ? null : World.JSON.convertValue(node, Object.class);
    }

    /** A map of alternating names and values; it may hold nulls, and times become text. */
    private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
        var view = new HashMap<String, @Nullable Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            var value = namesAndValues[i + 1];
            view.put(String.valueOf(namesAndValues[i]), value instanceof Instant time ? time.toString() : value);
        }
        return view;
    }
}
