package dev.railwaypostgres.playground.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a playground is made of.
 *
 * @param repository the checkout with the chart and the compute's entrypoint
 * @param home where it keeps its state; gone on with when it is there
 * @param kubeconfig another cluster to use instead of an own control plane
 * @param tempo how fast it lives
 */
public record PlaygroundConfig(Path repository, Path home, Optional<Path> kubeconfig, Tempo tempo) {
    Path chart() {
        return repository.resolve("helm");
    }

    Path entrypoint() {
        return repository.resolve("compute/entrypoint.sh");
    }
}
