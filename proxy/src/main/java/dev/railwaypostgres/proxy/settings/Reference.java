package dev.railwaypostgres.proxy.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Where a text is to be found that does not stand in the settings file itself. */
public sealed interface Reference {
    /** Its two forms in a file. */
    Setting<String> VARIABLE = Setting.optional("env", Function.identity(), "Name of an environment variable.");

    Setting<Path> FILE = Setting.optional("file", Path::of, "Path of a file.");

    /** An environment variable. */
    record Variable(String name) implements Reference {}

    /** The content of a file. */
    record Content(Path file) implements Reference {}

    /**
     * The text as it is now, without white space around it.
     *
     * @throws IllegalArgumentException with a sentence when there is none
     */
    default String read(Map<String, String> environment) {
        var text = found(environment).strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException(described() + " is empty or not set");
        }
        return text;
    }

    private String described() {
        return switch (this) {
            case Variable(String name) -> "the variable " + name;
            case Content(Path file) -> "the file " + file;
        };
    }

    private String found(Map<String, String> environment) {
        return switch (this) {
            case Variable(String name) -> environment.getOrDefault(name, "");
            case Content(Path file) -> content(file);
        };
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            throw new IllegalArgumentException("the file " + file + " cannot be read");
        }
    }
}
