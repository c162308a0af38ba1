package dev.railwaypostgres.playground.simulator.railway;

import java.util.List;
import java.util.Map;

/** Deployments: what starts and ends them. {@code true} means accepted, not done. */
final class DeploymentOperations {
    private static final List<String> UNFINISHED = List.of("QUEUED", "INITIALIZING", "DEPLOYING");

    private final Platform platform;

    DeploymentOperations(Platform platform) {
        this.platform = platform;
    }

    Map<String, Operation> all() {
        return Map.ofEntries(
                Map.entry("deployment", this::deployment),
                Map.entry("deployments", this::list),
                Map.entry("serviceInstanceDeployV2", this::deploy),
                Map.entry("serviceInstanceDeploy", this::deployQuietly),
                Map.entry("serviceInstanceRedeploy", this::redeployInstance),
                Map.entry("deploymentRedeploy", this::redeploy),
                Map.entry("deploymentRestart", this::restart),
                Map.entry("deploymentStop", this::stop),
                Map.entry("deploymentRemove", this::remove),
                Map.entry("deploymentCancel", this::cancel));
    }

    private Object deployment(Call call) {
        return platform.world()
                .read(state -> platform.views()
                        .deployment(
                                state,
                                call.in(state).deployment(call.arguments().text("id"))));
    }

    private Object list(Call call) {
        var input = call.input();
        return platform.world().read(state -> {
            var environment = call.in(state).environment(input.text("environmentId"));
            var views = state.deployments()
                    .where(row -> row.environmentId().equals(environment.id()))
                    .filter(row -> input.optionalText("serviceId")
                            .map(row.serviceId()::equals)
                            .orElse(true))
                    .filter(row -> isWanted(row, new Arguments(input.json("status"))))
                    .map(row -> platform.views().deployment(state, row))
                    .toList()
                    .reversed();
            return Connections.page(views, call.arguments());
        });
    }

    private static boolean isWanted(Row.Deployment row, Arguments status) {
        var isIn = !status.values().hasNonNull("in") || status.texts("in").contains(row.status());
        return isIn && !status.texts("notIn").contains(row.status());
    }

    private Object deploy(Call call) {
        var place = platform.world()
                .read(state -> Place.of(call.in(state).instance(call.arguments().place())));
        if (!platform.world()
                .read(state -> state.configOf(place))
                .path("source")
                .has("image")) {
            throw ApiException.failure("Service has no source to deploy");
        }
        return platform.deployments().deploy(place);
    }

    private Object deployQuietly(Call call) {
        deploy(call);
        return true;
    }

    private Object redeployInstance(Call call) {
        var place = platform.world()
                .read(state -> Place.of(call.in(state).instance(call.arguments().place())));
        var latest = platform.world()
                .read(state -> state.latestDeployment(place))
                .orElseThrow(() -> ApiException.failure("Cannot redeploy without a snapshot"));
        platform.deployments().deploy(place, repeatable(latest).config());
        return true;
    }

    private Object redeploy(Call call) {
        var row = repeatable(find(call));
        var id = platform.deployments().deploy(Place.of(row), row.config());
        return platform.world()
                .read(state -> platform.views()
                        .deployment(state, state.deployments().find(id).orElseThrow()));
    }

    private static Row.Deployment repeatable(Row.Deployment row) {
        if (UNFINISHED.contains(row.status())) {
            throw ApiException.failure(
                    "Cannot redeploy yet, please wait for the original deployment to finish building");
        }
        if (row.isRemoved()) {
            throw ApiException.failure("Cannot redeploy without a snapshot");
        }
        return row;
    }

    private Object restart(Call call) {
        platform.deployments().restart(find(call));
        return true;
    }

    private Object stop(Call call) {
        var row = find(call);
        if (!platform.quirks().ignoresStop()) {
            var _ = platform.deployments().stop(row.id());
        }
        return true;
    }

    private Object remove(Call call) {
        var row = find(call);
        if (!platform.quirks().ignoresRemove()) {
            var _ = platform.deployments().remove(row.id());
        }
        return true;
    }

    private Object cancel(Call call) {
        var _ = platform.deployments().remove(find(call).id());
        return true;
    }

    private Row.Deployment find(Call call) {
        return platform.world()
                .read(state -> call.in(state).deployment(call.arguments().text("id")));
    }
}
