package dev.railwaypostgres.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ServerlessDatabaseSpecTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void fillsInTheSameDefaultsAsTheApiServer() throws IOException {
        ObjectNode defaulted = json.createObjectNode();
        fillIn(defaulted, specSchema());
        assertThat(defaulted.path("suspend").path("afterIdle").asText()).isEqualTo("5m");
        assertThat(spec(defaulted.toString())).isEqualTo(spec("{}"));
    }

    @Test
    void keepsWhatIsSaidBesideTheDefaults() throws IOException {
        ServerlessDatabaseSpec spec = spec("{\"suspend\":{\"afterIdle\":\"30s\"},\"plan\":\"Pro\"}");
        assertThat(spec.suspend().afterIdle()).isEqualTo("30s");
        assertThat(spec.suspend().suspended()).isFalse();
        assertThat(spec.plan()).isEqualTo(Plan.PRO);
    }

    @Test
    void readsASpecWrittenByANewerVersion() throws IOException {
        assertThat(spec("{\"fromTheFuture\":1,\"suspend\":{\"alsoNew\":true}}")).isEqualTo(spec("{}"));
    }

    @Test
    void readsAPhaseOfANewerVersionAsUnknown() throws IOException {
        ServerlessDatabaseStatus status = json.readValue("{\"phase\":\"Dreaming\"}", ServerlessDatabaseStatus.class);
        assertThat(status.phase()).isNull();
    }

    private ServerlessDatabaseSpec spec(String text) throws IOException {
        return json.readValue(text, ServerlessDatabaseSpec.class);
    }

    private static JsonNode specSchema() throws IOException {
        return new YAMLMapper()
                .readTree(CrdYaml.of(ServerlessDatabase.class))
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    }

    /** The API server's own rule: a default is filled in where the field is absent and its group is there. */
    private static void fillIn(ObjectNode value, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode fallback = property.getValue().path("default");
            if (!value.has(property.getKey()) && !fallback.isMissingNode()) {
                value.set(property.getKey(), fallback.deepCopy());
            }
            if (value.path(property.getKey()) instanceof ObjectNode group) {
                fillIn(group, property.getValue());
            }
        });
    }
}
