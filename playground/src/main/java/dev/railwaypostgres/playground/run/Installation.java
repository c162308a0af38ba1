package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.process.LocalPorts;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/** The chart in the cluster, with no replica: what a pod would run, the playground runs. */
final class Installation {
    static final String NAMESPACE = "railway-system";
    static final String RELEASE = "railway-postgres";

    /** The chart makes it, with the console's passwords. */
    static final String CONSOLE_SECRET = RELEASE + "-proxy-console";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("playground")
            .withForce(true)
            .build();

    private final PlaygroundConfig config;
    private final KubernetesPart kubernetes;
    private final RailwayPart railway;
    private final LocalPorts ports;

    Installation(PlaygroundConfig config, KubernetesPart kubernetes, RailwayPart railway, LocalPorts ports) {
        this.config = config;
        this.kubernetes = kubernetes;
        this.railway = railway;
        this.ports = ports;
    }

    /** Installs the chart, or upgrades it to what the checkout has now. */
    void install() {
        applyToken(kubernetes.client());
        kubernetes.helm().install(RELEASE, NAMESPACE, config.chart(), values());
    }

    /** What the chart would run, by the name of its component. */
    Workload workload(String component) {
        return Workload.of(kubernetes
                .client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(RELEASE + "-" + component)
                .require());
    }

    private void applyToken(KubernetesClient client) {
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .endMetadata()
                .build();
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName("railway-token")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withStringData(Map.of("token", railway.token()))
                .build();
        client.resource(namespace).patch(APPLY, namespace);
        client.resource(secret).patch(APPLY, secret);
    }

    private String values() {
        return """
                railway:
                  apiUrl: %s
                  plan: Pro
                  projectId: %s
                  environmentId: %s
                operator:
                  replicas: 0
                  resyncInterval: %s
                  activityInterval: %s
                  apiPort: %d
                  managementPort: %d
                proxy:
                  replicas: 0
                  host: 127.0.0.1
                  service:
                    port: %8$d
                  listenPort: %8$d
                  managementPort: %9$d
                  console:
                    enabled: true
                """.formatted(
                        railway.simulator().url(),
                        railway.ids().projectId(),
                        railway.ids().environmentId(),
                        config.tempo().resyncInterval(),
                        config.tempo().activityInterval(),
                        ports.of("operator-api"),
                        ports.of("operator-management"),
                        ports.of("proxy"),
                        ports.of("proxy-management"));
    }
}
