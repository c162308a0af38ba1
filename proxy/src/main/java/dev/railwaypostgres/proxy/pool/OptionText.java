package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.startup.StartupOptions;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the startup parameter {@code options} without the labels in it, which no server knows. */
final class OptionText {
    private OptionText() {}

    static String of(StartupOptions options) {
        return Stream.concat(
                        options.settings().entrySet().stream()
                                .map(setting -> "-c " + escaped(setting.getKey() + "=" + setting.getValue())),
                        options.others().stream().map(OptionText::escaped))
                .collect(Collectors.joining(" "));
    }

    /** By the rules of Postgres' command line: a backslash takes the next character as it is. */
    private static String escaped(String word) {
        return word.codePoints()
                .mapToObj(c ->
                        Character.isWhitespace(c) || c == '\\' ? "\\" + Character.toString(c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}
