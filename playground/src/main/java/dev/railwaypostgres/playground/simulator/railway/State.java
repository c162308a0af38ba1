package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** All tables, and the questions that need more than one row. Only touched through {@link World}. */
record State(
        Table<Row.Project> projects,
        Table<Row.Environment> environments,
        Table<Row.Service> services,
        Table<Row.ServiceInstance> instances,
        Table<Row.Volume> volumes,
        Table<Row.VolumeInstance> volumeInstances,
        Table<Row.Deployment> deployments,
        Table<Row.TcpProxy> proxies,
        Table<Row.Token> tokens,
        Table<Row.Backup> backups) {

    static State empty() {
        return new State(
                new Table<>(),
                new Table<>(),
                new Table<>(),
                new Table<>(),
                new Table<>(),
                new Table<>(),
                new Table<>(),
                new Table<>(),
                new Table<>(),
                new Table<>());
    }

    Optional<Row.ServiceInstance> instance(Place place) {
        return instances
                .where(row -> row.deletedAt() == null && Place.of(row).equals(place))
                .findFirst();
    }

    Stream<Row.Deployment> deploymentsOf(Place place) {
        return deployments.where(row -> Place.of(row).equals(place));
    }

    Optional<Row.Deployment> latestDeployment(Place place) {
        return deploymentsOf(place).reduce((_, later) -> later);
    }

    Stream<Row.VolumeInstance> volumesOf(Place place) {
        return volumeInstances.where(row -> row.deletedAt() == null
                && row.environmentId().equals(place.environmentId())
                && place.serviceId().equals(row.serviceId()));
    }

    Stream<Row.TcpProxy> proxiesOf(Place place) {
        return proxies.where(row -> row.deletedAt() == null && Place.of(row).equals(place));
    }

    /** The environments in which a call acts that names this one: only a fork confines it. */
    Stream<Row.Environment> scopeOf(Row.Environment environment) {
        return environment.isFork() ? Stream.of(environment) : unforked(environment.projectId());
    }

    Stream<Row.Environment> unforked(String projectId) {
        return environments
                .where(row -> row.deletedAt() == null && row.projectId().equals(projectId) && !row.isFork())
                .sorted(Comparator.comparing(Row.Environment::createdAt));
    }

    /** The service's part of its environment's config; empty when nothing was ever said about it. */
    ObjectNode configOf(Place place) {
        var config = environments.find(place.environmentId()).map(Row.Environment::config);
        JsonNode part = config.map(whole -> whole.path("services").path(place.serviceId()))
                .orElse(JsonNodeFactory.instance.objectNode());
        return part instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
    }
}
