package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Variables of services, and those shared by an environment. A change deploys unless it is told not to. */
final class VariableOperations {
    private final World world;
    private final Configuration configuration;

    VariableOperations(World world, Configuration configuration) {
        this.world = world;
        this.configuration = configuration;
    }

    Map<String, Operation> all() {
        return Map.of(
                "variables", this::variables,
                "variableCollectionUpsert", this::upsertAll,
                "variableUpsert", this::upsert,
                "variableDelete", this::delete);
    }

    /** Plain names and values in the form in which a config holds them. */
    static ObjectNode asConfig(ObjectNode variables) {
        var config = JsonNodeFactory.instance.objectNode();
        variables
                .properties()
                .forEach(entry -> config.putObject(entry.getKey())
                        .put("value", entry.getValue().asText()));
        return config;
    }

    private Object variables(Call call) {
        var arguments = call.arguments();
        return world.read(state -> {
            var config =
                    call.in(state).environment(arguments.text("environmentId")).config();
            var plain = new LinkedHashMap<String, String>();
            variablesOf(config, arguments.optionalText("serviceId"))
                    .properties()
                    .forEach(entry -> {
                        if (!entry.getValue().path("isSealed").asBoolean(false)) {
                            plain.put(
                                    entry.getKey(),
                                    entry.getValue().path("value").asText());
                        }
                    });
            return plain;
        });
    }

    private static JsonNode variablesOf(ObjectNode config, Optional<String> serviceId) {
        return serviceId
                .map(id -> config.path("services").path(id).path("variables"))
                .orElseGet(() -> config.path("sharedVariables"));
    }

    private Object upsertAll(Call call) {
        var patch = asConfig(call.input().object("variables"));
        if (call.input().flag("replace")) {
            clearOthers(call, patch);
        }
        return change(call, patch);
    }

    private Object upsert(Call call) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject(call.input().text("name")).put("value", call.input().text("value"));
        return change(call, patch);
    }

    private Object delete(Call call) {
        return change(
                call, JsonNodeFactory.instance.objectNode().putNull(call.input().text("name")));
    }

    private void clearOthers(Call call, ObjectNode patch) {
        var config = environment(call).config();
        variablesOf(config, call.input().optionalText("serviceId"))
                .propertyStream()
                .filter(entry -> !patch.has(entry.getKey()))
                .forEach(entry -> patch.putNull(entry.getKey()));
    }

    private Object change(Call call, ObjectNode variables) {
        var serviceId = call.input().optionalText("serviceId");
        var patch = serviceId
                .map(id -> Configuration.ofService(
                        id, JsonNodeFactory.instance.objectNode().set("variables", variables)))
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().set("sharedVariables", variables));
        serviceId.ifPresent(
                _ -> world.read(state -> call.in(state).instance(call.input().place())));
        if (call.input().flag("skipDeploys")) {
            configuration.applyQuietly(environment(call), patch);
        } else {
            configuration.commit(environment(call), patch);
        }
        return true;
    }

    private Row.Environment environment(Call call) {
        return world.read(state -> call.in(state).environment(call.input().text("environmentId")));
    }
}
