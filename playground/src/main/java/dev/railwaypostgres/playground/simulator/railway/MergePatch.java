package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a patch changes a config: what is left out stays, null removes, objects are merged, all else is replaced. */
final class MergePatch {
    private MergePatch() {}

    /** The changed config; the arguments stay as they are. */
    static ObjectNode apply(ObjectNode config, JsonNode patch) {
        var merged = config.deepCopy();
        patch.properties().forEach(entry -> {
            var value = entry.getValue();
            if (value.isNull()) {
                merged.remove(entry.getKey());
            } else if (value.isObject()) {
                merged.set(entry.getKey(), apply(objectAt(merged, entry.getKey()), value));
            } else {
                merged.set(entry.getKey(), value.deepCopy());
            }
        });
        return merged;
    }

    private static ObjectNode objectAt(ObjectNode parent, String key) {
        return parent.path(key) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }
}
