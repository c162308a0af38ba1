package dev.railwaypostgres.operator;

import dev.railwaypostgres.operator.database.RailwayHomes;
import dev.railwaypostgres.operator.database.RailwayHomes.OwnPlace;
import dev.railwaypostgres.railway.CallListener;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.graphql.GraphQlRailwayClient;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.ProjectId;
import io.fabric8.kubernetes.client.KubernetesClient;

/** How the operator gets to Railway: by its own token, or by one that a database brings. */
final class RailwayAccess {
    private final OperatorConfig.Railway config;
    private final CallListener listener;

    RailwayAccess(OperatorConfig.Railway config, CallListener listener) {
        this.config = config;
        this.listener = listener;
    }

    RailwayHomes homes(KubernetesClient client) {
        return new RailwayHomes(own(), new SecretTokens(client, config.tokenKind()), this::connect);
    }

    private OwnPlace own() {
        var file = new TokenFile(config.tokenFile(), config.tokenKind());
        var project = config.projectId();
        var environment = config.environmentId();
        return new OwnPlace(
                OwnRailwayClient.of(file, this::connect),
                project == null ? null : new ProjectId(project),
                environment == null ? null : new EnvironmentId(environment));
    }

    private RailwayClient connect(RailwayToken token) {
        return GraphQlRailwayClient.connect(RailwaySettings.of(config.apiUrl(), token, config.plan()), listener);
    }
}
