package dev.railwaypostgres.playground;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The checkout that is tested. */
public final class Repository {
    private static final Path TOP = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .filter(folder -> Files.exists(folder.resolve("compute/entrypoint.sh")))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Tests run inside the repository"));

    private Repository() {}

    /** A file or folder by its path from the top. */
    public static Path path(String path) {
        return TOP.resolve(path);
    }
}
