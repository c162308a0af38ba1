package dev.railwaypostgres.operator;

import dev.railwaypostgres.operator.database.RailwayHomes;
import dev.railwaypostgres.operator.signal.RailwayHome;
import dev.railwaypostgres.railway.CallListener;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.graphql.GraphQlRailwayClient;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.ProjectId;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;

/** How the operator gets to Railway: by its own token, or by one that a database brings. */
final class RailwayAccess {
    private static final String NONE = "none";

    private final OperatorConfig.Railway config;
    private final CallListener listener;

    RailwayAccess(OperatorConfig.Railway config, CallListener listener) {
        this.config = config;
        this.listener = listener;
    }

    RailwayHomes homes(KubernetesClient client) {
        return new RailwayHomes(own(), new SecretTokens(client, config.tokenKind()), this::connect);
    }

    private RailwayHome own() {
        var file = new TokenFile(config.tokenFile(), config.tokenKind());
        return new RailwayHome(
                OwnRailwayClient.of(file, this::connect),
                new ProjectId(Objects.requireNonNullElse(config.projectId(), NONE)),
                new EnvironmentId(Objects.requireNonNullElse(config.environmentId(), NONE)));
    }

    private RailwayClient connect(RailwayToken token) {
        return GraphQlRailwayClient.connect(RailwaySettings.of(config.apiUrl(), token, config.plan()), listener);
    }
}
