package dev.railwaypostgres.playground.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The fields below one field of a CRD, as a Markdown table. */
final class FieldTable {
    private final List<String> rows = new ArrayList<>();

    private FieldTable() {}

    static String of(Path crd, String field) throws IOException {
        JsonNode root = new YAMLMapper()
                .readTree(Files.readString(crd))
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/" + field);
        FieldTable table = new FieldTable();
        table.addBelow(field, root);
        return "| field | type | default | |\n|---|---|---|---|\n" + String.join("", table.rows);
    }

    private void addBelow(String path, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            String name = path + "." + property.getKey();
            JsonNode value = property.getValue();
            if (value.path("properties").isEmpty()) {
                rows.add(row(name, value));
            }
            addBelow(name, value);
            addBelow(name + "[]", value.path("items"));
        });
    }

    private static String row(String name, JsonNode schema) {
        String fallback = schema.path("default").asText();
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        name,
                        type(schema),
                        fallback.isEmpty() ? "" : "`" + fallback + "`",
                        schema.path("description").asText().replace("<", "&lt;").replace("|", "\\|"));
    }

    private static String type(JsonNode schema) {
        if (schema.has("enum")) {
            return StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
        }
        if (schema.has("additionalProperties")) {
            return "map";
        }
        if (schema.has("minimum") && schema.has("maximum")) {
            return schema.path("minimum").asText() + " to "
                    + schema.path("maximum").asText();
        }
        return schema.path("type").asText().replace("array", "list");
    }
}
