package dev.railwaypostgres.postgres.startup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code options} parameter of a startup message, taken apart by the rules of Postgres' own command line: words end
 * at white space, a backslash takes the next character as it is.
 *
 * @param settings from {@code -c name=value}, {@code -cname=value} and {@code --name=value}; names in lower case with
 *     underscores
 * @param labels words of the form {@code name=value} without a dash, which Postgres refuses and proxies route by
 * @param others everything else, in order
 */
public record StartupOptions(Map<String, String> settings, Map<String, String> labels, List<String> others) {
    public StartupOptions {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        others = List.copyOf(others);
    }

    public static StartupOptions parse(String text) {
        return new OptionSorter().sort(words(text));
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                boolean escapes = c == '\\' && i + 1 < text.length();
                word.append(escapes ? text.charAt(++i) : c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
