package dev.railwaypostgres.proxy;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting of the process.
 *
 * @param name of the environment variable
 * @param defaultText taken when the variable is unset or empty; null: the setting has no value then
 * @param isRequired without a value the process cannot start
 * @param meaning one sentence for the manual
 */
record Setting<T>(
        String name, Function<String, T> parser, @Nullable String defaultText, boolean isRequired, String meaning) {

    static <T> Setting<T> required(String name, Function<String, T> parser, String meaning) {
        return new Setting<>(name, parser, null, true, meaning);
    }

    static <T> Setting<T> optional(String name, Function<String, T> parser, String meaning) {
        return new Setting<>(name, parser, null, false, meaning);
    }

    static <T> Setting<T> withDefault(String name, Function<String, T> parser, String defaultText, String meaning) {
        return new Setting<>(name, parser, defaultText, false, meaning);
    }
}
