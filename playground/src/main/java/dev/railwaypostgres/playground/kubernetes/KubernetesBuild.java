package dev.railwaypostgres.playground.kubernetes;

import dev.railwaypostgres.playground.binaries.UserCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Builds Kubernetes once per user and version, which takes minutes: {@code go build tool} of a module that consists of requirements
 * only. The cache's folder carries the hash of what is required.
 */
final class KubernetesBuild {
    private static final String KUBERNETES_REQUIREMENT = "k8s.io/kubernetes v";
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);
    private static final int SHOWN_DIGITS = 16;

    private final UserCache cache;
    private final Consumer<String> progress;

    KubernetesBuild(UserCache cache, Consumer<String> progress) {
        this.cache = cache;
        this.progress = progress;
    }

    Path folder() {
        return cache.folder("kubernetes-" + hash().substring(0, SHOWN_DIGITS), this::build);
    }

    private void build(Path folder) throws IOException {
        var module = Files.createTempDirectory("kubernetes-build");
        Files.writeString(module.resolve("go.mod"), text("go.mod"));
        Files.writeString(module.resolve("go.sum"), text("go.sum"));
        var version = version();
        progress.accept(
                "Building Kubernetes " + version + " from its modules; this happens once and takes some minutes");
        compile(new ProcessBuilder(line(GoToolchain.find(cache, progress), version, folder))
                .directory(module.toFile()));
        Files.move(folder.resolve("server"), folder.resolve("etcd"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(module.resolve("go.mod"));
        Files.delete(module.resolve("go.sum"));
        Files.delete(module);
    }

    private static List<String> line(Path go, String version, Path folder) {
        var parts = version.split("\\.", -1);
        var variables = "-s -w -X %1$s.gitVersion=v%2$s -X %1$s.gitMajor=%3$s -X %1$s.gitMinor=%4$s"
                .formatted("k8s.io/component-base/version", version, parts[0], parts[1]);
        return List.of(
                go.toString(),
                "build",
                "-v",
                "-buildvcs=false",
                "-trimpath",
                "-ldflags",
                variables,
                "-o",
                folder + "/",
                "tool");
    }

    /** The compiler names each package as it is done; linking, at the end, is silent for a while. */
    private void compile(ProcessBuilder builder) throws IOException {
        var process = builder.redirectErrorStream(true).start();
        var said = new Said();
        var listener = Thread.startVirtualThread(
                () -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(said::line));
        try {
            while (!process.waitFor(BETWEEN_LINES.toSeconds(), TimeUnit.SECONDS)) {
                progress.accept("Building Kubernetes: %d packages done".formatted(said.packages()));
            }
            listener.join();
            if (process.exitValue() != 0) {
                throw new IOException("Kubernetes could not be built:\n" + said.lastWords());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while building Kubernetes", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String version() {
        return text("go.mod")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(KUBERNETES_REQUIREMENT))
                .map(line -> line.substring(KUBERNETES_REQUIREMENT.length()).split(" ", -1)[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("go.mod does not require Kubernetes"));
    }

    private static String hash() {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(text("go.sum").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK knows SHA-256", e);
        }
    }

    private static String text(String file) {
        try (var stream = KubernetesBuild.class.getResourceAsStream("modules/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("The build has not laid " + file + " beside the classes");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Counts packages, and keeps what was said last in case it fails. */
    private static final class Said {
        private static final int KEPT = 15;

        private final Deque<String> last = new ArrayDeque<>();
        private int packages;

        synchronized void line(String line) {
            last.addLast(line);
            if (last.size() > KEPT) {
                last.removeFirst();
            }
            packages++;
        }

        synchronized int packages() {
            return packages;
        }

        synchronized String lastWords() {
            return String.join("\n", last);
        }
    }
}
