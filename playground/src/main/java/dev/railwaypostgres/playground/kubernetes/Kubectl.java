package dev.railwaypostgres.playground.kubernetes;

import dev.railwaypostgres.playground.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The real kubectl, logged in by a kubeconfig. */
public record Kubectl(String program, Path kubeconfig) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Runs kubectl and returns what it printed; its failure is an error with its own words. */
    public String run(String... arguments) {
        return command(arguments).output();
    }

    /** Runs kubectl, however it ends. */
    public Command.Result attempt(String... arguments) {
        return command(arguments).run();
    }

    /** Applies manifests given as text. */
    public String apply(String namespace, String manifests) {
        return command("apply", "-n", namespace, "-f", "-").withInput(manifests).output();
    }

    /** Applies manifests given as text, however it ends. */
    public Command.Result attemptApply(String namespace, String manifests) {
        return command("apply", "-n", namespace, "-f", "-").withInput(manifests).run();
    }

    private Command command(String... arguments) {
        var line = Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        return new Command(line, Map.of("KUBECONFIG", kubeconfig.toString()), "", LIMIT);
    }

    /** The same program with another login. */
    public Kubectl as(Path otherKubeconfig) {
        return new Kubectl(program, otherKubeconfig);
    }
}
