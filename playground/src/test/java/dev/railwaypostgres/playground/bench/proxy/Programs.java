package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.binaries.PostgresTools;
import dev.railwaypostgres.playground.process.Command;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that this repository does not bring along: this machine's own, installed from Debian's packages when they are missing. */
final class Programs {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

    /** Debian keeps servers' programs where no user's search finds them. */
    private static final List<String> MORE_FOLDERS = List.of("/usr/sbin", "/sbin");

    private Programs() {}

    /** @throws IllegalStateException saying what to do, when the program is missing and cannot be installed */
    static String find(String name) {
        return installed(name).orElseGet(() -> install(name)).toString();
    }

    static String pgBench() {
        return PostgresTools.standard(_ -> {}).pgBench().toString();
    }

    private static Optional<Path> installed(String name) {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), MORE_FOLDERS.stream())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path install(String name) {
        if (!"root".equals(System.getProperty("user.name"))
                || installed("apt-get").isEmpty()) {
            throw missing(name);
        }
        apt("update", "--quiet");
        apt("install", "--yes", "--no-install-recommends", name);
        return installed(name).orElseThrow(() -> missing(name));
    }

    private static void apt(String... words) {
        Command.of(Stream.concat(Stream.of("apt-get"), Arrays.stream(words)).toList())
                .withEnvironment(Map.of("DEBIAN_FRONTEND", "noninteractive"))
                .withLimit(INSTALL_LIMIT)
                .output();
    }

    private static IllegalStateException missing(String name) {
        return new IllegalStateException(
                "There is no %1$s here: install it (Debian: apt-get install %1$s), then run this again."
                        .formatted(name));
    }
}
