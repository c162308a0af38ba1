package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Arguments of one operation, already checked against the schema. An argument given as null is present and empty. */
record Arguments(JsonNode values) {
    static Arguments of(Map<String, Object> arguments) {
        return new Arguments(World.JSON.valueToTree(arguments));
    }

    /** The object that most mutations take under the name {@code input}. */
    Arguments input() {
        return new Arguments(values.path("input"));
    }

    boolean has(String name) {
        return values.has(name);
    }

    String text(String name) {
        return values.path(name).asText();
    }

    Optional<String> optionalText(String name) {
        return values.hasNonNull(name) ? Optional.of(text(name)) : Optional.empty();
    }

    OptionalInt number(String name) {
        return values.hasNonNull(name) ? OptionalInt.of(values.path(name).asInt()) : OptionalInt.empty();
    }

    boolean flag(String name) {
        return values.path(name).asBoolean(false);
    }

    JsonNode json(String name) {
        return values.path(name);
    }

    /** An object given as an argument. */
    ObjectNode object(String name) {
        if (values.path(name) instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badInput(name + " must be an object");
    }

    List<String> texts(String name) {
        return values.path(name).valueStream().map(JsonNode::asText).toList();
    }

    Place place() {
        return new Place(text("environmentId"), text("serviceId"));
    }
}
