package dev.railwaypostgres.operator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.operator.compute.StoredRoles;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves word in annotations, and reads roles from their Secret.
 *
 * <p>Looks at the API server itself, not at a cache: a wish that is dropped because of an old look would be a client who
 * waits in vain. Callers who want the same of one database share one look and at most one write.
 */
final class KubernetesDatabases implements Databases {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final InstantSource clock;
    private final SharedRuns<WishKey> wishes = new SharedRuns<>();

    KubernetesDatabases(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public boolean requestWake(DatabaseName database, Wish wish) {
        return leaveWord(new WishKey(database, WishKind.WAKE), wish.asWake());
    }

    @Override
    public boolean hold(DatabaseName database, Wish wish) {
        return leaveWord(new WishKey(database, WishKind.HOLD), wish.asHold());
    }

    @Override
    public RolesAnswer roles(DatabaseName database) {
        var secret = client.secrets()
                .inNamespace(database.namespace())
                .withName(StoredRoles.secretName(database.name()))
                .get();
        var stored = secret == null || secret.getData() == null
                ? null
                : secret.getData().get(StoredRoles.KEY);
        if (stored != null) {
            return new RolesAnswer.Known(new String(Base64.getDecoder().decode(stored), StandardCharsets.UTF_8));
        }
        return find(database).isPresent() ? new RolesAnswer.NeverReady() : new RolesAnswer.NoDatabase();
    }

    private boolean leaveWord(WishKey key, String text) {
        return wishes.join(
                key,
                () -> find(key.database())
                        .map(database -> leaveWord(database, key, text))
                        .orElse(false));
    }

    private boolean leaveWord(ServerlessDatabase database, WishKey key, String text) {
        var word = key.kind().word(database, clock.instant());
        return word.isEmpty() || patch(key, word.get() + " " + text);
    }

    private boolean patch(WishKey key, String value) {
        var patch = Map.of("metadata", Map.of("annotations", Map.of(key.kind().annotation(), value)));
        try {
            resource(key.database()).patch(PatchContext.of(PatchType.JSON_MERGE), JSON.writeValueAsString(patch));
            return true;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are always JSON", e);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private Optional<ServerlessDatabase> find(DatabaseName database) {
        return Optional.ofNullable(resource(database).get());
    }

    private Resource<ServerlessDatabase> resource(DatabaseName database) {
        return client.resources(ServerlessDatabase.class)
                .inNamespace(database.namespace())
                .withName(database.name());
    }

    private record WishKey(DatabaseName database, WishKind kind) {}
}
