package dev.railwaypostgres.playground.kubernetes;

import dev.railwaypostgres.playground.binaries.UserCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The programs of the control plane and its clients, all in one folder but those that are taken from {@code PATH}. */
public record KubernetesBinaries(Path folder) {
    /**
     * The programs in the folder that {@code KUBEBUILDER_ASSETS} names (the convention of controller-runtime's envtest), else those that
     * are built once into the user's cache. {@code progress} is told in one sentence what takes long.
     */
    public static KubernetesBinaries standard(Consumer<String> progress) {
        return Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
                .filter(assets -> !assets.isBlank())
                .map(assets -> new KubernetesBinaries(Path.of(assets)))
                .orElseGet(() -> new KubernetesBinaries(new KubernetesBuild(UserCache.standard(), progress).folder()));
    }

    public String etcd() {
        return program("etcd");
    }

    public String apiServer() {
        return program("kube-apiserver");
    }

    public String controllerManager() {
        return program("kube-controller-manager");
    }

    public String kubectl() {
        return program("kubectl");
    }

    public String helm() {
        return program("helm");
    }

    private String program(String name) {
        var own = folder.resolve(name);
        return Files.isExecutable(own)
                ? own.toString()
                : SearchPath.find(name)
                        .map(Path::toString)
                        .orElseThrow(() -> new IllegalStateException(
                                "There is no %s in %s, nor on the PATH".formatted(name, folder)));
    }
}
