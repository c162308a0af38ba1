package dev.railwaypostgres.playground.simulator.railway;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Environments and patches of their config. */
final class EnvironmentOperations {
    private final Platform platform;
    private final Configuration configuration;
    private final Removal removal;
    private final Clock clock = Clock.systemUTC();

    EnvironmentOperations(Platform platform, Configuration configuration, Removal removal) {
        this.platform = platform;
        this.configuration = configuration;
        this.removal = removal;
    }

    Map<String, Operation> all() {
        return Map.of(
                "environment", this::environment,
                "environments", this::environments,
                "environmentCreate", this::create,
                "environmentDelete", this::delete,
                "environmentPatchCommit", this::commit);
    }

    private Object environment(Call call) {
        return platform.world()
                .read(state -> platform.views()
                        .environment(
                                state,
                                call.in(state).environment(call.arguments().text("id"))));
    }

    private Object environments(Call call) {
        var arguments = call.arguments();
        return platform.world().read(state -> {
            var reach = call.in(state);
            reach.requireWorkspace();
            var project = reach.project(arguments.text("projectId"));
            var views = state.environments()
                    .where(row -> row.deletedAt() == null && row.projectId().equals(project.id()))
                    .filter(row -> !arguments.has("isEphemeral") || row.isEphemeral() == arguments.flag("isEphemeral"))
                    .filter(platform.views()::isVisible)
                    .map(row -> platform.views().environment(state, row))
                    .toList();
            return Connections.page(views, arguments);
        });
    }

    private Object commit(Call call) {
        var arguments = call.arguments();
        var environment = platform.world().read(state -> call.in(state).environment(arguments.text("environmentId")));
        configuration.commit(environment, arguments.object("patch"));
        return UUID.randomUUID().toString();
    }

    private Object create(Call call) {
        var input = call.input();
        platform.throttles().pass("environment", platform.quirks().environmentInterval());
        var created = platform.world().change(state -> {
            var reach = call.in(state);
            reach.requireWorkspace();
            return create(state, reach.project(input.text("projectId")), input);
        });
        startCopies(created, input.flag("skipInitialDeploys"));
        return platform.world().read(state -> platform.views().environment(state, created));
    }

    private Row.Environment create(State state, Row.Project project, Arguments input) {
        var name = input.text("name");
        var isTaken = state.environments()
                .where(row -> row.deletedAt() == null
                        && row.projectId().equals(project.id())
                        && row.name().equals(name))
                .findAny()
                .isPresent();
        if (isTaken) {
            throw ApiException.failure("Environment with name \"" + name + "\" already exists in this project");
        }
        var source = state.environments()
                .find(input.optionalText("sourceEnvironmentId").orElse(null));
        var config = source.map(row -> row.config().deepCopy()).orElseGet(World.JSON::createObjectNode);
        var row = new Row.Environment(
                UUID.randomUUID().toString(),
                project.id(),
                name,
                source.map(Row.Environment::id).orElse(null),
                input.flag("ephemeral"),
                config,
                clock.instant(),
                null);
        state.environments().put(row);
        source.ifPresent(from -> copy(state, from.id(), row.id()));
        return row;
    }

    /** Services and settings are copied; disks come new and empty, ports are others. */
    private void copy(State state, String fromId, String toId) {
        var now = clock.instant();
        state.instances()
                .where(row -> row.deletedAt() == null && row.environmentId().equals(fromId))
                .forEach(row -> state.instances()
                        .put(new Row.ServiceInstance(UUID.randomUUID().toString(), row.serviceId(), toId, now, null)));
        state.volumeInstances()
                .where(row -> row.deletedAt() == null && row.environmentId().equals(fromId))
                .forEach(row -> state.volumeInstances()
                        .put(row.copiedTo(UUID.randomUUID().toString(), toId, now)));
        state.proxies()
                .where(row -> row.deletedAt() == null && row.environmentId().equals(fromId))
                .forEach(row -> ConfigChange.newProxy(state, new Place(toId, row.serviceId()), row.applicationPort()));
    }

    private void startCopies(Row.Environment environment, boolean skipDeploys) {
        var proxies = new HashMap<Place, List<Row.TcpProxy>>();
        platform.world().read(state -> {
            state.instances()
                    .where(row -> row.environmentId().equals(environment.id()))
                    .map(Place::of)
                    .forEach(place -> proxies.put(place, state.proxiesOf(place).toList()));
            return proxies;
        });
        proxies.values().forEach(ofPlace -> ofPlace.forEach(platform.forwarders()::open));
        if (!skipDeploys) {
            proxies.keySet().forEach(platform.deployments()::deploy);
        }
    }

    private Object delete(Call call) {
        var environment = platform.world().read(state -> {
            var reach = call.in(state);
            reach.requireWorkspace();
            return reach.environment(call.arguments().text("id"));
        });
        removal.removeEnvironment(environment);
        return true;
    }
}
