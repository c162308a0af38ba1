package dev.railwaypostgres.playground.kubernetes;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real cluster as a parameter of a test: {@code @ExtendWith(Cluster.Extension.class) … void test(Cluster cluster)}. The control plane is
 * started once for all test classes of a run and stopped after the last; each parameter has a fresh namespace. The CRDs are installed.
 */
public record Cluster(ControlPlane controlPlane, String namespace) {
    private static final Path CRDS = Repository.path("crds");

    public Kubectl kubectl() {
        return controlPlane.kubectl();
    }

    public Helm helm() {
        return controlPlane.helm();
    }

    /** Logged in with all rights. */
    public KubernetesClient client() {
        return controlPlane.client();
    }

    /** Runs kubectl in this test's namespace. */
    public String kubectl(String... arguments) {
        var inNamespace = new ArrayList<>(List.of("-n", namespace));
        inNamespace.addAll(List.of(arguments));
        return kubectl().run(inNamespace.toArray(String[]::new));
    }

    /** Starts the control plane when the first test asks for it. */
    public static final class Extension implements ParameterResolver {
        private static final Namespace STORE = Namespace.create(Cluster.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Cluster.class;
        }

        @Override
        public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var controlPlane = controlPlane(context);
            var namespace = "test-" + UUID.randomUUID().toString().substring(0, 8);
            controlPlane.kubectl().run("create", "namespace", namespace);
            return new Cluster(controlPlane, namespace);
        }

        /** The control plane of this run, for extensions that start more around it. */
        public static ControlPlane controlPlane(ExtensionContext context) {
            return context.getRoot()
                    .getStore(STORE)
                    .computeIfAbsent(Shared.class, _ -> Shared.start(), Shared.class)
                    .controlPlane();
        }
    }

    private record Shared(ControlPlane controlPlane, ProcessNursery nursery) implements AutoCloseable {
        static Shared start() {
            var nursery = new ProcessNursery();
            var binaries = KubernetesBinaries.standard(System.out::println);
            var controlPlane = ControlPlane.start(new ControlPlaneConfig(binaries, folder(), false), nursery);
            controlPlane.kubectl().run("apply", "--server-side", "-f", CRDS.toString());
            controlPlane.kubectl().run("wait", "--for=condition=Established", "-f", CRDS.toString());
            return new Shared(controlPlane, nursery);
        }

        private static Path folder() {
            try {
                var parent = Files.createDirectories(Path.of("target", "control-planes"));
                return Files.createTempDirectory(parent, "run").toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            controlPlane.close();
            nursery.close();
        }
    }
}
