package dev.railwaypostgres.playground.chart;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.kubernetes.Helm;
import dev.railwaypostgres.playground.process.Command;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The repository's chart, rendered under the names that the tests use. */
record Chart(Helm helm) {
    static final Path FOLDER = Repository.path("helm");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    static final String RELEASE = "railway-postgres";
    static final String NAMESPACE = "system";

    /** What would be installed with these {@code --set} values. */
    List<HasMetadata> render(String... values) {
        Command.Result result = attempt(values);
        if (!result.succeeded()) {
            throw new IllegalStateException(result.errors());
        }
        return Stream.of(result.output().split("(?m)^---$", -1))
                .filter(document -> document.contains("kind:"))
                .map(document -> (HasMetadata) YAML.unmarshal(document))
                .toList();
    }

    /** The same, however it ends. */
    Command.Result attempt(String... values) {
        List<String> line = new ArrayList<>(List.of("template", RELEASE, FOLDER.toString(), "-n", NAMESPACE));
        Stream.of(values).forEach(value -> line.addAll(List.of("--set", value)));
        return helm.attempt(line.toArray(String[]::new));
    }

    /** The variables of the only container of a Deployment; null for those that Kubernetes fills in. */
    Map<String, EnvVar> environment(String deployment, String... values) {
        return render(values).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .filter(found -> found.getMetadata().getName().equals(deployment))
                .flatMap(found -> found.getSpec().getTemplate().getSpec().getContainers().stream())
                .flatMap(container -> container.getEnv().stream())
                .collect(Collectors.toMap(EnvVar::getName, variable -> variable));
    }
}
