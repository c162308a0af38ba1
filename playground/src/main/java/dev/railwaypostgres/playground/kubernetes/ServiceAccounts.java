package dev.railwaypostgres.playground.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Logs programs in as ServiceAccounts, with a token such as a kubelet would have asked for. */
public final class ServiceAccounts {
    /** Longer than anybody leaves a playground running: there is no kubelet that would renew it. */
    private static final Duration VALID = Duration.ofDays(365);

    private final KubernetesClient client;

    /** Where a cluster is, and its authority's certificate in Base64. */
    record Cluster(String server, String authority) {}

    /** {@code client} may ask for tokens of every ServiceAccount. */
    public ServiceAccounts(KubernetesClient client) {
        this.client = client;
    }

    /** A fresh token of the ServiceAccount; without an audience it is for the API server itself. */
    public String token(String namespace, String name, @Nullable String audience) {
        var request = new TokenRequestBuilder().withNewSpec().withExpirationSeconds(VALID.toSeconds());
        if (audience != null) {
            request.addToAudiences(audience);
        }
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(request.endSpec().build())
                .getStatus()
                .getToken();
    }

    /** Writes a file by which a program logs in as the ServiceAccount, with no more rights than it has. */
    public Path writeKubeconfig(String namespace, String name, Path file) {
        Kubeconfig.writeToken(file, cluster(), name, token(namespace, name, null));
        return file;
    }

    private Cluster cluster() {
        var config = client.getConfiguration();
        var data = config.getCaCertData();
        return new Cluster(config.getMasterUrl(), data != null ? data : encodedFile(config.getCaCertFile()));
    }

    private static String encodedFile(@Nullable String file) {
        if (file == null) {
            return "";
        }
        try {
            return Kubeconfig.encoded(Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
