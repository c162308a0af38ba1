package dev.railwaypostgres.playground.simulator.railway;

import java.util.Objects;
import java.util.Optional;

/** What a token may touch. Everything else, also what was deleted or never was, is "Not Authorized": the platform does not tell which. */
record Reach(Row.Token token, State state) {
    /** For what a project token may never do. */
    void requireWorkspace() {
        if (token.isProjectToken()) {
            throw ApiException.notAuthorized();
        }
    }

    Row.Project project(String id) {
        return authorized(state.projects().find(id).filter(row -> row.deletedAt() == null && reachesProject(row)));
    }

    Row.Environment environment(String id) {
        return authorized(
                state.environments().find(id).filter(row -> row.deletedAt() == null && reachesEnvironment(row)));
    }

    Row.Service service(String id) {
        return authorized(
                state.services().find(id).filter(row -> row.deletedAt() == null && reachesProject(row.projectId())));
    }

    Row.ServiceInstance instance(Place place) {
        environment(place.environmentId());
        service(place.serviceId());
        return state.instance(place).orElseThrow(() -> ApiException.notFound("ServiceInstance"));
    }

    Row.Volume volume(String id) {
        return authorized(state.volumes().find(id).filter(row -> reachesProject(row.projectId()) && hasDisk(row)));
    }

    Row.VolumeInstance volumeInstance(String id) {
        var found = authorized(state.volumeInstances().find(id).filter(row -> row.deletedAt() == null));
        environment(found.environmentId());
        return found;
    }

    Row.Deployment deployment(String id) {
        var found = authorized(state.deployments().find(id));
        environment(found.environmentId());
        service(found.serviceId());
        return found;
    }

    Row.TcpProxy proxy(String id) {
        var found = authorized(state.proxies().find(id).filter(row -> row.deletedAt() == null));
        environment(found.environmentId());
        return found;
    }

    /** A volume lives as long as one of its disks, or as it waits for its first. */
    private boolean hasDisk(Row.Volume volume) {
        var disks = state.volumeInstances()
                .where(row -> row.volumeId().equals(volume.id()))
                .toList();
        return disks.isEmpty() || disks.stream().anyMatch(row -> row.deletedAt() == null);
    }

    private boolean reachesProject(String id) {
        return state.projects().find(id).filter(this::reachesProject).isPresent();
    }

    private boolean reachesProject(Row.Project project) {
        return token.isProjectToken()
                ? Objects.equals(project.id(), token.projectId())
                : project.workspaceId().equals(token.workspaceId());
    }

    private boolean reachesEnvironment(Row.Environment environment) {
        return token.isProjectToken()
                ? environment.id().equals(token.environmentId())
                : reachesProject(environment.projectId());
    }

    private static <R> R authorized(Optional<R> row) {
        return row.orElseThrow(ApiException::notAuthorized);
    }
}
