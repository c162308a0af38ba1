package dev.railwaypostgres.playground.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.railwaypostgres.playground.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    /** Where the example shows something else on purpose, and says so. */
    private static final Set<String> SAID_OTHERWISE = Set.of("spec.readReplicas");

    private final YAMLMapper yaml = new YAMLMapper();

    @Test
    void theFullExampleShowsEveryFieldAndItsDefault() throws IOException {
        JsonNode example = read("examples/full.yaml");
        for (Map.Entry<String, JsonNode> field : fields().entrySet()) {
            JsonNode shown = example.at("/" + field.getKey().replace('.', '/'));
            assertThat(shown.isMissingNode()).as(field.getKey() + " is missing").isFalse();
            if (field.getValue().has("default") && !SAID_OTHERWISE.contains(field.getKey())) {
                assertThat(shown).as(field.getKey()).isEqualTo(field.getValue().path("default"));
            }
        }
    }

    /** All that hold a value, by path; a recovery excludes an initdb, which is shown. */
    private Map<String, JsonNode> fields() throws IOException {
        Map<String, JsonNode> fields = new TreeMap<>();
        JsonNode schema = read("crds/serverlessdatabases.railway-postgres.dev.yaml")
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        collect("spec", schema, fields);
        fields.keySet().removeIf(path -> path.startsWith("spec.bootstrap.recovery."));
        return fields;
    }

    private static void collect(String path, JsonNode schema, Map<String, JsonNode> fields) {
        if (!schema.has("properties")) {
            fields.put(path, schema);
        }
        schema.path("properties")
                .properties()
                .forEach(property -> collect(path + "." + property.getKey(), property.getValue(), fields));
    }

    private JsonNode read(String file) throws IOException {
        return yaml.readTree(Files.readString(Repository.path(file)));
    }
}
