package dev.railwaypostgres.proxy;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads settings and remembers what is wrong with them, so that all problems can be told at once. */
final class SettingsReader {
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    <T> @Nullable T find(Setting<T> setting) {
        var text = environment.getOrDefault(setting.name(), "").strip();
        if (text.isEmpty()) {
            text = setting.defaultText();
        }
        if (text == null) {
            if (setting.isRequired()) {
                problems.add(setting.name() + " is not set: " + setting.meaning());
            }
            return null;
        }
        return parse(setting, text);
    }

    /** For a setting with a default or one that is required; the value counts only after {@link #end()}. */
    <T> T get(Setting<T> setting, T ifBroken) {
        return Objects.requireNonNullElse(find(setting), ifBroken);
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    /**
     * @throws IllegalArgumentException naming all problems, a line each
     */
    void end() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private <T> @Nullable T parse(Setting<T> setting, String text) {
        try {
            return setting.parser().apply(text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            problems.add(setting.name() + "=" + text + " is wrong: " + setting.meaning());
            return null;
        }
    }
}
