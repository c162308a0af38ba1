package dev.railwaypostgres.operator.compute;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Secrets that belong to databases: beside them, labelled, and gone with them.
 *
 * <p>Entries that others add are left alone; what is here already is not written again.
 */
final class OwnedSecrets {
    static final String LABEL = "railway-postgres.dev/database";
    private static final String FIELD_MANAGER = "railway-postgres-operator";

    private final KubernetesClient client;

    OwnedSecrets(KubernetesClient client) {
        this.client = client;
    }

    /** The entries of the database's Secret of that name, decoded; empty if there is none. */
    Optional<Map<String, String>> read(ServerlessDatabase database, String name) {
        return find(database, name).map(OwnedSecrets::entries);
    }

    /** Whether the Secret has these entries, and belongs to the database. */
    boolean holds(ServerlessDatabase database, SecretContent content) {
        return find(database, content.name())
                .filter(secret -> content.type().equals(secret.getType()))
                .filter(secret -> isOwned(secret, database))
                .filter(secret ->
                        entries(secret).entrySet().containsAll(content.entries().entrySet()))
                .isPresent();
    }

    /** Makes the Secret have these entries, and belong to the database. */
    void apply(ServerlessDatabase database, SecretContent content) {
        if (!holds(database, content)) {
            client.resource(secret(database, content))
                    .fieldManager(FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    private Optional<Secret> find(ServerlessDatabase database, String name) {
        return Optional.ofNullable(client.secrets()
                .inNamespace(database.getMetadata().getNamespace())
                .withName(name)
                .get());
    }

    private static boolean isOwned(Secret secret, ServerlessDatabase database) {
        var labels = Objects.requireNonNullElse(secret.getMetadata().getLabels(), Map.<String, String>of());
        var uid = database.getMetadata().getUid();
        return database.getMetadata().getName().equals(labels.get(LABEL))
                && secret.getMetadata().getOwnerReferences().stream().anyMatch(owner -> uid.equals(owner.getUid()));
    }

    private static Map<String, String> entries(Secret secret) {
        Map<String, String> decoded = new TreeMap<>();
        Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
                .forEach((key, value) ->
                        decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return decoded;
    }

    private static Secret secret(ServerlessDatabase database, SecretContent content) {
        Map<String, String> encoded = new TreeMap<>();
        content.entries()
                .forEach((key, value) ->
                        encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(database.getMetadata().getNamespace())
                .withName(content.name())
                .addToLabels(LABEL, database.getMetadata().getName())
                .withOwnerReferences(owner(database))
                .endMetadata()
                .withType(content.type())
                .withData(encoded)
                .build();
    }

    private static OwnerReference owner(ServerlessDatabase database) {
        return new OwnerReferenceBuilder()
                .withApiVersion(database.getApiVersion())
                .withKind(database.getKind())
                .withName(database.getMetadata().getName())
                .withUid(database.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
