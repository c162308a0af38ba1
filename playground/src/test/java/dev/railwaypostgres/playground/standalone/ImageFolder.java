package dev.railwaypostgres.playground.standalone;

import dev.railwaypostgres.playground.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a program's image holds, and how it is started there: the folder that the build lays out, and a Java of few modules. */
record ImageFolder(Path folder) {
    private static final long JLINK_LIMIT_SECONDS = 120;

    static ImageFolder of(String program) {
        var folder = Repository.path(program).resolve("target/image");
        if (!Files.exists(folder.resolve("arguments"))) {
            throw new IllegalStateException(folder + " is laid out by mvn package");
        }
        return new ImageFolder(folder);
    }

    /** As the Dockerfile's last line says it, with nothing of this process's environment. */
    ProcessBuilder start(Map<String, String> environment) {
        var process = new ProcessBuilder(Java.FOLDER.resolve("bin/java").toString(), "@arguments");
        process.directory(folder.toFile());
        process.environment().clear();
        process.environment().putAll(environment);
        return process;
    }

    /** Made as in the Dockerfile, once in a test run. */
    private static final class Java {
        static final Path FOLDER = make();

        private static Path make() {
            try {
                var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "java");
                Files.delete(folder);
                run(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                        "--add-modules",
                        Files.readString(Repository.path("images/java-modules")).strip(),
                        "--strip-debug",
                        "--no-man-pages",
                        "--no-header-files",
                        "--output",
                        folder.toString()));
                return folder.toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void run(List<String> command) throws IOException {
            var process = new ProcessBuilder(command).inheritIO().start();
            try {
                if (!process.waitFor(JLINK_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new IOException("Failed: " + command);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }
}
