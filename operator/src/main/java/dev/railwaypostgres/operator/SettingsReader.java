package dev.railwaypostgres.operator;

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
        var given = environment.getOrDefault(setting.name(), "").strip();
        var text = given.isEmpty() ? setting.defaultText() : given;
        if (text != null) {
            return parse(setting, text);
        }
        if (setting.isRequired()) {
            problems.add(setting.name() + " is not set. " + setting.meaning());
        }
        return null;
    }

    /** For a setting that has a default or is required; the value counts only after {@link #end()}. */
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
        } catch (IllegalArgumentException | DateTimeParseException _) {
            problems.add("%s=%s is wrong. %s".formatted(setting.name(), text, setting.meaning()));
            return null;
        }
    }
}
