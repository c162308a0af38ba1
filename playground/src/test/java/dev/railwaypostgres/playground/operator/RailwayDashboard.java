package dev.railwaypostgres.playground.operator;

import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.graphql.GraphQlRailwayClient;
import dev.railwaypostgres.railway.model.EnvironmentId;
import java.util.Objects;

/** A person who clicks around on Railway while the operator is at work. */
final class RailwayDashboard {
    private final Scene scene;

    RailwayDashboard(Scene scene) {
        this.scene = scene;
    }

    void deleteEverything() {
        try (RailwayClient client = client()) {
            var environment = environment();
            var listing = client.environment(environment);
            listing.volumes().forEach(volume -> client.deleteVolume(volume.volumeId()));
            listing.services().forEach(service -> client.deleteService(environment, service.serviceId()));
        }
    }

    /** What the one service may use. */
    String limits() {
        try (RailwayClient client = client()) {
            var service = client.environmentConfig(environment())
                    .services()
                    .values()
                    .iterator()
                    .next();
            var limits = Objects.requireNonNull(service.limits());
            return limits.vcpus() + " cores, " + limits.memoryGB() + " GB";
        }
    }

    /** How many MB the one volume has. */
    int volumeSize() {
        try (RailwayClient client = client()) {
            return client.environment(environment()).volumes().getFirst().sizeMB();
        }
    }

    private EnvironmentId environment() {
        return new EnvironmentId(scene.ids.environmentId());
    }

    private RailwayClient client() {
        var token = new RailwayToken(RailwayToken.Kind.WORKSPACE, scene.token);
        return GraphQlRailwayClient.connect(RailwaySettings.of(scene.railway.url(), token, Plan.PRO));
    }
}
