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
    private final List<Row> rows = new ArrayList<>();

    private record Row(String name, String type, String fallback, String description) {}

    private FieldTable() {}

    static String of(Path crd, String field) throws IOException {
        FieldTable table = new FieldTable();
        table.addBelow(
                field,
                new YAMLMapper()
                        .readTree(Files.readString(crd))
                        .at("/spec/versions/0/schema/openAPIV3Schema/properties/" + field));
        return table.markdown();
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

    /** The column of defaults is there only if there are any. */
    private String markdown() {
        if (rows.stream().allMatch(row -> row.fallback().isEmpty())) {
            return rows.stream()
                    .map(row -> "| `%s` | %s | %s |\n".formatted(row.name(), row.type(), row.description()))
                    .collect(Collectors.joining("", "| field | type | |\n|---|---|---|\n", ""));
        }
        return rows.stream()
                .map(row -> "| `%s` | %s | %s | %s |\n"
                        .formatted(row.name(), row.type(), row.fallback(), row.description()))
                .collect(Collectors.joining("", "| field | type | default | |\n|---|---|---|---|\n", ""));
    }

    private static Row row(String name, JsonNode schema) {
        String fallback = schema.path("default").asText();
        return new Row(
                name,
                type(schema),
                fallback.isEmpty() ? "" : "`" + fallback + "`",
                Document.escaped(schema.path("description").asText()));
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
