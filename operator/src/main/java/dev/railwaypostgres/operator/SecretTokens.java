package dev.railwaypostgres.operator;

import dev.railwaypostgres.crds.v1alpha1.SecretKeyReference;
import dev.railwaypostgres.operator.database.RailwayHomes.TokenSource;
import dev.railwaypostgres.railway.RailwayToken;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Tokens that databases bring in Secrets beside them. Read at each look, so that a new one counts at once. */
final class SecretTokens implements TokenSource {
    private final KubernetesClient client;
    private final RailwayToken.Kind kind;

    SecretTokens(KubernetesClient client, RailwayToken.Kind kind) {
        this.client = client;
        this.kind = kind;
    }

    @Override
    public Optional<RailwayToken> token(String namespace, SecretKeyReference reference) {
        return Optional.ofNullable(client.secrets()
                        .inNamespace(namespace)
                        .withName(reference.name())
                        .get())
                .map(secret -> secret.getData())
                .map(data -> data.get(reference.key()))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip())
                .filter(text -> !text.isEmpty())
                .map(text -> new RailwayToken(kind, text));
    }
}
