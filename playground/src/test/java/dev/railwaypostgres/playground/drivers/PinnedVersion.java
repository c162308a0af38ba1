package dev.railwaypostgres.playground.drivers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Pattern;

/** The version of a package that a driver's program is built with. */
final class PinnedVersion {
    private PinnedVersion() {}

    /** Where the language pins versions, and how: the name stands for {@code %s}, the version is the group. */
    private record Manifest(String file, String line) {}

    static String of(Driver driver, String name) {
        var manifest = manifest(driver);
        var line = Pattern.compile(manifest.line().formatted(Pattern.quote(name)));
        var found = line.matcher(text(driver, manifest));
        if (!found.find()) {
            throw new IllegalStateException("%s pins no %s".formatted(manifest.file(), name));
        }
        return found.group(1);
    }

    private static Manifest manifest(Driver driver) {
        return switch (driver.language()) {
            case JAVA ->
                new Manifest(driver.text() + "/pom.xml", "<artifactId>%s</artifactId>\\s*<version>([^<]+)</version>");
            case NODE -> new Manifest("package.json", "\"%s\": \"([^\"]+)\"");
            case PYTHON -> new Manifest("requirements.txt", "(?m)^%s(?:\\[\\w+])?==(\\S+)");
            case GO -> new Manifest("go.mod", "%s v(\\S+)");
            case RUST -> new Manifest("Cargo.lock", "name = \"%s\"\nversion = \"([^\"]+)\"");
            case SHELL -> throw new IllegalStateException("The shell's programs are the machine's");
        };
    }

    private static String text(Driver driver, Manifest manifest) {
        try {
            return Files.readString(driver.language().sources().resolve(manifest.file()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + manifest.file(), e);
        }
    }
}
