package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrArray;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the generator's annotations cannot say, or say wrongly for records. */
final class SchemaFinish {
    private static final List<String> COLUMNS =
            List.of("Ready", "Phase", "Since", "Endpoint", "Version", "Blockers", "Age");

    /** Groups that the API server makes when a user leaves them out, so that the defaults within them show. */
    private static final List<String> DEFAULTED_GROUPS = List.of(
            "spec.compute",
            "spec.storage",
            "spec.suspend",
            "spec.suspend.ignore",
            "spec.pooling",
            "spec.backup.retention");

    private SchemaFinish() {}

    static CustomResourceDefinition of(CustomResourceDefinition crd) {
        crd.getSpec().getVersions().forEach(SchemaFinish::finish);
        return crd;
    }

    private static void finish(CustomResourceDefinitionVersion version) {
        version.getAdditionalPrinterColumns().sort(Comparator.comparingInt(SchemaFinish::position));
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        eachRuleOnce(root);
        describeRoot(root);
        DEFAULTED_GROUPS.forEach(path -> at(root, path).setDefault(JsonNodeFactory.instance.objectNode()));
        boundParameters(at(root, "spec.postgresql.parameters"));
        at(root, "spec.bootstrap.recovery.target.time").setFormat("date-time");
        at(root, "status.observedGeneration").setFormat("int64");
        keyByType(at(root, "status.conditions"));
    }

    private static int position(CustomResourceColumnDefinition column) {
        int position = COLUMNS.indexOf(column.getName());
        if (position < 0) {
            throw new IllegalStateException("say where the column belongs: " + column.getName());
        }
        return position;
    }

    /** An annotation of a record component is on its field and on its accessor: the generator reads both. */
    private static void eachRuleOnce(JSONSchemaProps schema) {
        List<ValidationRule> rules = schema.getXKubernetesValidations();
        if (rules != null) {
            schema.setXKubernetesValidations(List.copyOf(new LinkedHashSet<>(rules)));
        }
        schema.getProperties().values().forEach(SchemaFinish::eachRuleOnce);
    }

    private static void describeRoot(JSONSchemaProps root) {
        root.setDescription(
                "A Postgres database on Railway that sleeps while nobody uses it and wakes when a client sends it work.");
        at(root, "spec").setDescription("What is asked for. Everything has a default: {} is a complete database.");
        at(root, "status").setDescription("What is true of the database, as far as the operator has seen it.");
        Map<String, JSONSchemaProps> properties = new LinkedHashMap<>();
        properties.put("apiVersion", described("string", "Group and version of the API."));
        properties.put("kind", described("string", "Kind of the resource."));
        JSONSchemaProps metadata = new JSONSchemaProps();
        metadata.setType("object");
        properties.put("metadata", metadata);
        properties.putAll(root.getProperties());
        root.setProperties(properties);
    }

    /** Without these bounds the API server takes a rule over all of them for too costly. */
    private static void boundParameters(JSONSchemaProps parameters) {
        parameters.setMaxProperties(100L);
        parameters.getAdditionalProperties().getSchema().setMaxLength(1024L);
    }

    private static void keyByType(JSONSchemaProps conditions) {
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        conditions.setItems(new JSONSchemaPropsOrArray(List.of(), condition()));
    }

    private static JSONSchemaProps condition() {
        JSONSchemaProps status = described("string", "True, False or Unknown.");
        status.setPattern("^(True|False|Unknown)$"); // an enum would be written without quotes and read as booleans
        JSONSchemaProps since = described("string", "When the status last changed.");
        since.setFormat("date-time");
        JSONSchemaProps generation = described("integer", "The generation of the spec that this speaks of.");
        generation.setFormat("int64");

        Map<String, JSONSchemaProps> properties = new LinkedHashMap<>();
        properties.put("type", described("string", "What the condition is about."));
        properties.put("status", status);
        properties.put("reason", described("string", "One word for why, listed in docs/api.md."));
        properties.put("message", described("string", "The same for people."));
        properties.put("lastTransitionTime", since);
        properties.put("observedGeneration", generation);

        JSONSchemaProps condition = described("object", "One thing that is true or not.");
        condition.setProperties(properties);
        condition.setRequired(List.of("type", "status", "reason", "message", "lastTransitionTime"));
        return condition;
    }

    private static JSONSchemaProps described(String type, String description) {
        JSONSchemaProps schema = new JSONSchemaProps();
        schema.setType(type);
        schema.setDescription(description);
        return schema;
    }

    private static JSONSchemaProps at(JSONSchemaProps root, String path) {
        JSONSchemaProps schema = root;
        for (String name : path.split("\\.", -1)) {
            schema = Objects.requireNonNull(schema.getProperties().get(name), path);
        }
        return schema;
    }
}
