package dev.railwaypostgres.operator.compute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/**
 * Leaves word on a database which roles are stored for it, so that proxies, which watch the resource and may not see the
 * Secret, ask again when they are others.
 */
final class RolesNotice {
    static final String ANNOTATION = "railway-postgres.dev/roles-changed";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Enough to tell one version from the next, and nothing to guess passwords by. */
    private static final int LENGTH = 8;

    private final KubernetesClient client;

    RolesNotice(KubernetesClient client) {
        this.client = client;
    }

    boolean stands(ServerlessDatabase database, String roles) {
        var annotations = Objects.requireNonNullElse(database.getMetadata().getAnnotations(), Map.<String, String>of());
        return fingerprint(roles).equals(annotations.get(ANNOTATION));
    }

    void leave(ServerlessDatabase database, String roles) {
        var patch = Map.of("metadata", Map.of("annotations", Map.of(ANNOTATION, fingerprint(roles))));
        try {
            client.resources(ServerlessDatabase.class)
                    .inNamespace(database.getMetadata().getNamespace())
                    .withName(database.getMetadata().getName())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), JSON.writeValueAsString(patch));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are always JSON", e);
        }
    }

    private static String fingerprint(String roles) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(roles.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
