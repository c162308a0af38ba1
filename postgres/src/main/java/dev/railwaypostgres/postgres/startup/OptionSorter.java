package dev.railwaypostgres.postgres.startup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sorts the words of a command line into settings, labels and the rest. */
final class OptionSorter {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<String> others = new ArrayList<>();

    StartupOptions sort(List<String> words) {
        for (var rest = words.iterator(); rest.hasNext(); ) {
            place(rest.next(), rest);
        }
        return new StartupOptions(settings, labels, others);
    }

    private void place(String word, Iterator<String> rest) {
        if (word.equals("-c") && rest.hasNext()) {
            var assignment = rest.next();
            setting(assignment, assignment);
        } else if (word.startsWith("--") || word.startsWith("-c")) {
            setting(word, word.substring(2));
        } else if (!word.startsWith("-") && word.indexOf('=') > 0) {
            int equals = word.indexOf('=');
            labels.put(word.substring(0, equals), word.substring(equals + 1));
        } else {
            others.add(word);
        }
    }

    private void setting(String word, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            others.add(word);
            return;
        }
        var name = assignment.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
        settings.put(name, assignment.substring(equals + 1));
    }
}
