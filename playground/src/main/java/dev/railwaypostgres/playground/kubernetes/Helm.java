package dev.railwaypostgres.playground.kubernetes;

import dev.railwaypostgres.playground.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The real helm, logged in by a kubeconfig. It keeps its own files in {@code home} and does not touch the user's. */
public record Helm(String program, Path kubeconfig, Path home) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Runs helm and returns what it printed; its failure is an error with its own words. */
    public String run(String... arguments) {
        return command(arguments).output();
    }

    /** Runs helm, however it ends. */
    public Command.Result attempt(String... arguments) {
        return command(arguments).run();
    }

    /** Installs or upgrades a release; {@code values} is a values file's text. */
    public String install(String release, String namespace, Path chart, String values) {
        return command(
                        "upgrade",
                        "--install",
                        release,
                        chart.toString(),
                        "-n",
                        namespace,
                        "--create-namespace",
                        "-f",
                        "-")
                .withInput(values)
                .output();
    }

    private Command command(String... arguments) {
        var line = Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        var environment = Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                "HELM_CACHE_HOME", home.resolve("cache").toString(),
                "HELM_CONFIG_HOME", home.resolve("config").toString(),
                "HELM_DATA_HOME", home.resolve("data").toString());
        return new Command(line, environment, "", LIMIT);
    }
}
