package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.kubernetes.Clients;
import dev.railwaypostgres.playground.kubernetes.ControlPlane;
import dev.railwaypostgres.playground.kubernetes.ControlPlaneConfig;
import dev.railwaypostgres.playground.kubernetes.Helm;
import dev.railwaypostgres.playground.kubernetes.Kubectl;
import dev.railwaypostgres.playground.kubernetes.KubernetesBinaries;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The cluster of a playground.
 *
 * @param controlPlane empty when it is somebody else's cluster
 * @param client logged in as whoever {@code kubeconfig} names
 */
record KubernetesPart(
        KubernetesBinaries binaries,
        Optional<ControlPlane> controlPlane,
        Path kubeconfig,
        KubernetesClient client,
        Path helmHome)
        implements AutoCloseable {

    static KubernetesPart start(PlaygroundConfig config, Home home, ProcessNursery nursery, Progress progress) {
        var binaries = KubernetesBinaries.standard(progress::say);
        var helmHome = home.folder().resolve("helm");
        if (config.kubeconfig().isPresent()) {
            var kubeconfig = config.kubeconfig().get().toAbsolutePath();
            return new KubernetesPart(binaries, Optional.empty(), kubeconfig, Clients.of(kubeconfig), helmHome);
        }
        var controlPlane = ControlPlane.start(
                new ControlPlaneConfig(
                        binaries, home.kubernetes(), config.tempo().durable()),
                nursery);
        return new KubernetesPart(
                binaries, Optional.of(controlPlane), controlPlane.kubeconfig(), controlPlane.client(), helmHome);
    }

    Kubectl kubectl() {
        return new Kubectl(binaries.kubectl(), kubeconfig);
    }

    Helm helm() {
        return new Helm(binaries.helm(), kubeconfig, helmHome);
    }

    @Override
    public void close() {
        controlPlane.ifPresentOrElse(ControlPlane::close, client::close);
    }
}
