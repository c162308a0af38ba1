package dev.railwaypostgres.proxy.settings;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One setting of the process.
 *
 * @param name of the environment variable, or of the key in a settings file
 * @param parser throws {@link IllegalArgumentException} or {@link java.time.format.DateTimeParseException} for other texts
 * @param defaultText taken when nothing is given; null: the setting has no value then
 * @param isRequired without a value the process cannot start
 * @param meaning one sentence for the manual
 */
public record Setting<T>(
        String name, Function<String, T> parser, @Nullable String defaultText, boolean isRequired, String meaning) {
    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    public static <T> Setting<T> required(String name, Function<String, T> parser, String meaning) {
        return new Setting<>(name, parser, null, true, meaning);
    }

    public static <T> Setting<T> optional(String name, Function<String, T> parser, String meaning) {
        return new Setting<>(name, parser, null, false, meaning);
    }

    public static <T> Setting<T> withDefault(
            String name, Function<String, T> parser, String defaultText, String meaning) {
        return new Setting<>(name, parser, defaultText, false, meaning);
    }

    /** How a variable is called in a file: {@code LISTEN_PORT} is {@code listenPort} there. */
    public String key() {
        return NEXT_WORD.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(Setting::capital);
    }

    private static String capital(MatchResult word) {
        return word.group(1).toUpperCase(Locale.ROOT);
    }

    /** A row of the manual's table. */
    public String row(String shownName) {
        return "| `%s` | %s | %s |%n".formatted(shownName, shownDefault(), meaning);
    }

    private String shownDefault() {
        if (isRequired) {
            return "required";
        }
        var text = defaultText == null ? "" : defaultText.replace(",", "");
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
