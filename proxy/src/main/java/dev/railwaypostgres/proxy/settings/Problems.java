package dev.railwaypostgres.proxy.settings;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with the settings, collected so that all of it can be told at once. */
public final class Problems {
    private final List<String> sentences = new ArrayList<>();

    public void add(String sentence) {
        sentences.add(sentence);
    }

    /** The value, or nothing and one problem more. */
    <T> Optional<T> parse(Setting<T> setting, Given given) {
        try {
            return Optional.of(setting.parser().apply(given.text()));
        } catch (IllegalArgumentException | DateTimeParseException _) {
            add(given + " is wrong: " + setting.meaning());
            return Optional.empty();
        }
    }

    /**
     * @throws IllegalArgumentException naming all problems, a line each
     */
    public void end() {
        if (!sentences.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", sentences));
        }
    }
}
