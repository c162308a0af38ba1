package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/**
 * What an {@code EnvironmentConfig} may hold. The API's schema calls it a scalar and checks nothing; here an unknown key or a value of
 * another kind is refused, since the real platform would drop it in silence. Null is allowed everywhere: it removes.
 */
final class ConfigShape {
    private static final String ANY_KEY = "*";

    private final JsonNode shape;

    private ConfigShape(JsonNode shape) {
        this.shape = shape;
    }

    static ConfigShape load() {
        try (var text = ConfigShape.class.getResourceAsStream("environment-config.json")) {
            return new ConfigShape(World.JSON.readTree(Objects.requireNonNull(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check(JsonNode patch) {
        check(patch, shape, "patch");
    }

    private static void check(JsonNode value, JsonNode shape, String path) {
        if (value.isNull()) {
            return;
        }
        if (!shape.isObject()) {
            checkScalar(value, shape.asText(), path);
        } else if (value instanceof ObjectNode object) {
            object.properties().forEach(entry -> checkEntry(entry, shape, path));
        } else {
            throw ApiException.badInput(path + " must be an object");
        }
    }

    private static void checkEntry(Map.Entry<String, JsonNode> entry, JsonNode shape, String path) {
        var key = entry.getKey();
        var inner = shape.has(ANY_KEY) ? shape.path(ANY_KEY) : shape.path(key);
        if (inner.isMissingNode()) {
            throw ApiException.badInput("Unrecognized key \"" + key + "\" in " + path);
        }
        check(entry.getValue(), inner, path + "." + key);
    }

    private static void checkScalar(JsonNode value, String kind, String path) {
        var fits =
                switch (kind) {
                    case "text" -> value.isTextual();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    default -> true;
                };
        if (!fits) {
            throw ApiException.badInput(path + " must be a " + kind);
        }
    }
}
