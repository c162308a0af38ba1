package dev.railwaypostgres.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrdYamlTest {
    private static final String FILE = "serverlessdatabases.railway-postgres.dev.yaml";
    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

    private final String generated = CrdYaml.of(ServerlessDatabase.class);

    @ParameterizedTest
    @ValueSource(strings = {"", "../helm/files/crds"})
    void theCommittedFileIsWhatTheRecordsSay(String folder) throws IOException {
        Path file = MODULE.resolve(folder).resolve(FILE);
        if (Boolean.getBoolean("crds.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }
        assertThat(file).as("run: ./run crds").exists().hasContent(generated);
    }

    @Test
    void showsWhatPeopleLookForFirst() throws IOException {
        assertThat(version().at("/additionalPrinterColumns").findValuesAsText("name"))
                .containsExactly("Ready", "Phase", "Since", "Endpoint", "Version", "Blockers", "Age");
    }

    @Test
    void describesEveryField() throws IOException {
        List<String> silent = new ArrayList<>();
        collectSilent("", version().at("/schema/openAPIV3Schema"), silent);
        assertThat(silent).containsExactly(".metadata");
    }

    @Test
    void keepsConditionsByTypeSoThatSeveralWritersCouldShareThem() throws IOException {
        JsonNode conditions = version().at("/schema/openAPIV3Schema/properties/status/properties/conditions");
        assertThat(conditions.path("x-kubernetes-list-map-keys").path(0).asText())
                .isEqualTo("type");
    }

    @Test
    void saysEachRuleOnce() throws IOException {
        for (JsonNode rules : version().findValues("x-kubernetes-validations")) {
            assertThat(rules.findValuesAsText("rule")).doesNotHaveDuplicates();
        }
    }

    private JsonNode version() throws IOException {
        return new YAMLMapper().readTree(generated).at("/spec/versions/0");
    }

    private static void collectSilent(String path, JsonNode schema, List<String> silent) {
        schema.path("properties").properties().forEach(property -> {
            String name = path + "." + property.getKey();
            if (!property.getValue().has("description")) {
                silent.add(name);
            }
            collectSilent(name, property.getValue(), silent);
        });
        if (schema.has("items")) {
            collectSilent(path + "[]", schema.path("items"), silent);
        }
    }
}
