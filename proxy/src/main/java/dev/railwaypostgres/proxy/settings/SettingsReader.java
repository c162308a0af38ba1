package dev.railwaypostgres.proxy.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the settings that are environment variables, of which a settings file may say some instead. */
public final class SettingsReader {
    private final Map<String, Given> given = new HashMap<>();
    private final Problems problems;

    public SettingsReader(Map<String, String> environment) {
        this(environment, Map.of(), new Problems());
    }

    /** @param file what a file says, by the name of the variable: it goes before the variable itself */
    public SettingsReader(Map<String, String> environment, Map<String, Given> file, Problems problems) {
        environment.forEach((name, text) -> given.put(name, new Given(text.strip(), name, false)));
        given.putAll(file);
        this.problems = problems;
    }

    public <T> @Nullable T find(Setting<T> setting) {
        var found = given.get(setting.name());
        if (found != null && !found.text().isEmpty()) {
            return problems.parse(setting, found).orElse(null);
        }
        var usual = setting.defaultText();
        if (usual != null) {
            return setting.parser().apply(usual);
        }
        if (setting.isRequired()) {
            problems.add(setting.name() + " is not set: " + setting.meaning());
        }
        return null;
    }

    /** For a setting with a default or one that is required; the value counts only after {@link #end()}. */
    public <T> T get(Setting<T> setting, T ifBroken) {
        return Objects.requireNonNullElse(find(setting), ifBroken);
    }

    public void problem(String sentence) {
        problems.add(sentence);
    }

    /**
     * @throws IllegalArgumentException naming all problems, a line each
     */
    public void end() {
        problems.end();
    }
}
