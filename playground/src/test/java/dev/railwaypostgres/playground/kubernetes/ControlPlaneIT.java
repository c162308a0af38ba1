package dev.railwaypostgres.playground.kubernetes;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Cluster.Extension.class)
class ControlPlaneIT {
    @Test
    void isARealKubernetesOfTheVersionThatWasBuilt(Cluster cluster) {
        assertThat(cluster.kubectl("version"))
                .contains("Server Version: v1.36.3")
                .contains("Client Version: v1.36.3");
    }

    @Test
    void givesAServiceAccountOnlyTheRightsThatItWasGiven(Cluster cluster, @TempDir Path folder) {
        cluster.kubectl("create", "serviceaccount", "reader");
        cluster.kubectl(
                "create",
                "rolebinding",
                "reader",
                "--clusterrole=view",
                "--serviceaccount=" + cluster.namespace() + ":reader");
        var kubeconfig = new ServiceAccounts(cluster.client())
                .writeKubeconfig(cluster.namespace(), "reader", folder.resolve("kubeconfig"));

        var reader = cluster.kubectl().as(kubeconfig);

        eventually(() -> assertThat(reader.attempt("get", "configmaps", "-n", cluster.namespace())
                        .errors())
                .isEmpty());
        assertThat(reader.attempt("get", "secrets", "-n", cluster.namespace()).errors())
                .contains("Forbidden");
        assertThat(reader.attempt("get", "configmaps", "-n", "default").errors())
                .contains("Forbidden");
    }

    @Test
    void collectsWhatAnOwnerLeavesBehind(Cluster cluster) {
        var owner = configMap(
                cluster,
                new ConfigMapBuilder().withNewMetadata().withName("owner").endMetadata());
        configMap(
                cluster,
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("owned")
                        .addNewOwnerReference()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName("owner")
                        .withUid(owner.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata());

        cluster.kubectl("delete", "configmap", "owner");

        eventually(() ->
                assertThat(cluster.kubectl("get", "configmaps", "-o", "name")).doesNotContain("owned"));
    }

    @Test
    void goesOnWhereItWasAfterAKillOfItsServerAndAfterAStop(@TempDir Path folder) {
        var config = new ControlPlaneConfig(KubernetesBinaries.standard(System.out::println), folder, false);
        try (var nursery = new ProcessNursery()) {
            try (var controlPlane = ControlPlane.start(config, nursery)) {
                controlPlane.kubectl().run("create", "configmap", "kept");
                controlPlane.killApiServer();
                assertThat(controlPlane
                                .kubectl()
                                .attempt("get", "configmap", "kept")
                                .errors())
                        .contains("refused");
                controlPlane.compact();
                controlPlane.startApiServer();
                assertThat(controlPlane.kubectl().run("get", "configmap", "kept"))
                        .contains("kept");
            }
            try (var controlPlane = ControlPlane.start(config, nursery)) {
                assertThat(controlPlane.kubectl().run("get", "configmap", "kept"))
                        .contains("kept");
            }
        }
    }

    private static ConfigMap configMap(Cluster cluster, ConfigMapBuilder builder) {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .resource(builder.build())
                .create();
    }
}
