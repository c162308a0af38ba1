package dev.railwaypostgres.playground.kubernetes;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders in which a shell would look for a program. */
public final class SearchPath {
    private SearchPath() {}

    /** The program that a shell would start, if there is one. */
    public static Optional<Path> find(String program) {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(folders.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
