package dev.railwaypostgres.operator.compute;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Secrets that belong to databases: beside them, labelled, and gone with them.
 *
 * <p>Entries that others add are left alone; what is here already is not written again. A Secret that somebody else has
 * made, or that a deleted database of the same name leaves behind, is not touched: {@link SecretTakenException}.
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

    /** Makes the Secret with these entries, unless there is one of its name by now. */
    void create(ServerlessDatabase database, SecretContent content) {
        try {
            client.resource(secret(database, content)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private Optional<Secret> find(ServerlessDatabase database, String name) {
        return Optional.ofNullable(client.secrets()
                        .inNamespace(database.getMetadata().getNamespace())
                        .withName(name)
                        .get())
                .map(secret -> requireNotTaken(secret, database));
    }

    /** One that a person has restored from a backup has the label and no owner. */
    private static Secret requireNotTaken(Secret secret, ServerlessDatabase database) {
        var isLabelled = database.getMetadata().getName().equals(labels(secret).get(LABEL));
        var owners = secret.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .toList();
        if (owners.contains(database.getMetadata().getUid()) || (isLabelled && owners.isEmpty())) {
            return secret;
        }
        var name = secret.getMetadata().getName();
        throw isLabelled ? SecretTakenException.byPredecessor(name) : SecretTakenException.byStranger(name);
    }

    private static Map<String, String> labels(Secret secret) {
        return Objects.requireNonNullElse(secret.getMetadata().getLabels(), Map.of());
    }

    private static boolean isOwned(Secret secret, ServerlessDatabase database) {
        var uid = database.getMetadata().getUid();
        return database.getMetadata().getName().equals(labels(secret).get(LABEL))
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
