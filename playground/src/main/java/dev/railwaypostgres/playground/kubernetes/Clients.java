package dev.railwaypostgres.playground.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** Java clients of a cluster. */
public final class Clients {
    private Clients() {}

    /** A client logged in by this file and by nothing else that this machine might have. */
    public static KubernetesClient of(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }
}
