package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Services and their settings in each environment. */
final class ServiceOperations {
    private static final List<String> SOURCE = List.of("source");

    private final Platform platform;
    private final Configuration configuration;
    private final Removal removal;
    private final Clock clock = Clock.systemUTC();

    ServiceOperations(Platform platform, Configuration configuration, Removal removal) {
        this.platform = platform;
        this.configuration = configuration;
        this.removal = removal;
    }

    Map<String, Operation> all() {
        return Map.ofEntries(
                Map.entry("service", this::service),
                Map.entry("serviceInstance", this::instance),
                Map.entry("serviceInstanceLimits", this::limits),
                Map.entry("serviceInstanceLimitOverride", this::limits),
                Map.entry("serviceCreate", this::create),
                Map.entry("serviceUpdate", this::rename),
                Map.entry("serviceDelete", this::delete),
                Map.entry("serviceInstanceUpdate", this::update),
                Map.entry("serviceInstanceLimitsUpdate", this::updateLimits));
    }

    private Object service(Call call) {
        return platform.world()
                .read(state -> platform.views()
                        .service(call.in(state).service(call.arguments().text("id"))));
    }

    private Object instance(Call call) {
        return platform.world().read(state -> {
            var row = call.in(state).instance(call.arguments().place());
            if (!platform.views().isVisible(row)) {
                throw ApiException.notFound("ServiceInstance");
            }
            return platform.views().instance(state, row);
        });
    }

    private Object limits(Call call) {
        return platform.world().read(state -> {
            var place = Place.of(call.in(state).instance(call.arguments().place()));
            var limits = state.configOf(place).path("deploy").path("limitOverride");
            return World.JSON.convertValue(
                    limits.isMissingNode() ? World.JSON.createObjectNode() : limits, Object.class);
        });
    }

    private Object create(Call call) {
        var input = call.input();
        var scope = platform.world().change(state -> {
            var reach = call.in(state);
            var project = reach.project(input.text("projectId"));
            var environments = input.optionalText("environmentId")
                    .map(id -> state.scopeOf(reach.environment(id)))
                    .orElseGet(() -> state.unforked(project.id()))
                    .toList();
            var row = newService(state, project, input);
            environments.forEach(environment -> addInstance(state, row, environment));
            return new Created(row, environments);
        });
        scope.environments().forEach(environment -> configure(scope.service(), environment, input));
        return platform.views().service(scope.service());
    }

    private record Created(Row.Service service, List<Row.Environment> environments) {}

    private Row.Service newService(State state, Row.Project project, Arguments input) {
        var name = input.optionalText("name").orElseGet(Names::random);
        var isTaken = state.services()
                .where(row -> row.deletedAt() == null
                        && row.projectId().equals(project.id())
                        && row.name().equals(name))
                .findAny()
                .isPresent();
        if (isTaken) {
            throw ApiException.failure("A service named \"" + name + "\" already exists in this project");
        }
        if (name.length() > 32) {
            throw ApiException.badInput("Service name must be at most 32 characters");
        }
        var row = new Row.Service(UUID.randomUUID().toString(), project.id(), name, clock.instant(), null);
        state.services().put(row);
        return row;
    }

    private void addInstance(State state, Row.Service service, Row.Environment environment) {
        state.instances()
                .put(new Row.ServiceInstance(
                        UUID.randomUUID().toString(), service.id(), environment.id(), clock.instant(), null));
    }

    /** A source given at creation deploys at once, before any volume can be there. */
    private void configure(Row.Service service, Row.Environment environment, Arguments input) {
        var part = JsonNodeFactory.instance.objectNode();
        if (input.json("source").isObject()) {
            part.set("source", input.json("source"));
        }
        if (input.json("variables").isObject()) {
            part.set("variables", VariableOperations.asConfig(input.object("variables")));
        }
        configuration.commit(environment, Configuration.ofService(service.id(), part));
    }

    private Object rename(Call call) {
        var arguments = call.arguments();
        return platform.world().change(state -> {
            var row = call.in(state).service(arguments.text("id"));
            var renamed = row.named(arguments.input().optionalText("name").orElse(row.name()));
            state.services().put(renamed);
            return platform.views().service(renamed);
        });
    }

    private Object delete(Call call) {
        var arguments = call.arguments();
        var places = platform.world().read(state -> {
            var reach = call.in(state);
            var service = reach.service(arguments.text("id"));
            return arguments
                    .optionalText("environmentId")
                    .map(id -> state.scopeOf(reach.environment(id)))
                    .orElseGet(() -> state.unforked(service.projectId()))
                    .map(environment -> new Place(environment.id(), service.id()))
                    .filter(place -> state.instance(place).isPresent())
                    .toList();
        });
        places.forEach(removal::removeService);
        return true;
    }

    /** Settings change in every environment in scope; nothing is deployed. */
    private Object update(Call call) {
        var arguments = call.arguments();
        var part = settings(arguments.object("input"));
        var serviceId = arguments.text("serviceId");
        var scope = platform.world().read(state -> {
            var reach = call.in(state);
            var service = reach.service(serviceId);
            return arguments
                    .optionalText("environmentId")
                    .map(id -> state.scopeOf(reach.environment(id)))
                    .orElseGet(() -> state.unforked(service.projectId()))
                    .filter(row ->
                            state.instance(new Place(row.id(), serviceId)).isPresent())
                    .toList();
        });
        scope.forEach(row -> configuration.applyQuietly(row, Configuration.ofService(serviceId, part)));
        return true;
    }

    private static ObjectNode settings(ObjectNode input) {
        var part = JsonNodeFactory.instance.objectNode();
        var deploy = input.deepCopy();
        deploy.remove(SOURCE);
        part.set("deploy", deploy);
        if (input.has("source")) {
            part.set("source", input.path("source"));
        }
        return part;
    }

    private Object updateLimits(Call call) {
        var input = call.input();
        var environment = platform.world().read(state -> {
            call.in(state).instance(input.place());
            return call.in(state).environment(input.text("environmentId"));
        });
        var containers = JsonNodeFactory.instance.objectNode();
        if (input.has("vCPUs")) {
            containers.set("cpu", input.json("vCPUs"));
        }
        if (input.has("memoryGB")) {
            containers.put("memoryBytes", Math.round(input.json("memoryGB").asDouble() * 1e9));
        }
        var part = JsonNodeFactory.instance.objectNode();
        part.putObject("deploy").putObject("limitOverride").set("containers", containers);
        configuration.applyQuietly(environment, Configuration.ofService(input.text("serviceId"), part));
        return true;
    }
}
