package dev.railwaypostgres.playground.operator;

import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.graphql.GraphQlRailwayClient;
import dev.railwaypostgres.railway.model.EnvironmentId;

/** A person who clicks around on Railway while the operator is at work. */
final class RailwayDashboard {
    private final Scene scene;

    RailwayDashboard(Scene scene) {
        this.scene = scene;
    }

    void deleteEverything() {
        try (RailwayClient client = client()) {
            var environment = new EnvironmentId(scene.ids.environmentId());
            var listing = client.environment(environment);
            listing.volumes().forEach(volume -> client.deleteVolume(volume.volumeId()));
            listing.services().forEach(service -> client.deleteService(environment, service.serviceId()));
        }
    }

    private RailwayClient client() {
        var token = new RailwayToken(RailwayToken.Kind.WORKSPACE, scene.token);
        return GraphQlRailwayClient.connect(RailwaySettings.of(scene.railway.url(), token, Plan.PRO));
    }
}
