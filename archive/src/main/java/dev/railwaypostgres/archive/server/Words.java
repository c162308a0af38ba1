package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.SqlState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a replication command, taken one by one. */
final class Words {
    private static final Pattern WORD = Pattern.compile("\\s*(?:"
            + "'(?<string>(?:[^']|'')*)'"
            + "|\"(?<name>(?:[^\"]|\"\")*)\""
            + "|(?<word>[0-9A-Za-z_./]+)"
            + "|(?<sign>[(),;]))\\s*");

    private final Deque<String> words;

    private Words(List<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    static Words of(String command) throws Refusal {
        var words = new ArrayList<String>();
        var matcher = WORD.matcher(command);
        while (matcher.regionStart() < command.length()) {
            if (!matcher.lookingAt()) {
                throw syntaxError();
            }
            words.add(text(matcher));
            matcher.region(matcher.end(), command.length());
        }
        return new Words(words);
    }

    private static String text(Matcher matcher) {
        if (matcher.group("string") != null) {
            return matcher.group("string").replace("''", "'");
        }
        if (matcher.group("name") != null) {
            return matcher.group("name").replace("\"\"", "\"");
        }
        return matcher.group("word") != null ? matcher.group("word") : matcher.group("sign");
    }

    String next() throws Refusal {
        var word = words.poll();
        if (word == null) {
            throw syntaxError();
        }
        return word;
    }

    String keyword() throws Refusal {
        return next().toUpperCase(Locale.ROOT);
    }

    /** Takes the next word if it is this one. */
    boolean take(String keyword) {
        boolean comes = keyword.equalsIgnoreCase(words.peek());
        if (comes) {
            words.remove();
        }
        return comes;
    }

    void expect(String keyword) throws Refusal {
        if (!take(keyword)) {
            throw syntaxError();
        }
    }

    /** The next word is one of those that end an option. */
    boolean atEndOfOption() {
        var next = words.peek();
        return next == null || next.equals(",") || next.equals(")") || next.equals(";");
    }

    /** Nothing but a semicolon may be left. */
    void end() throws Refusal {
        take(";");
        if (!words.isEmpty()) {
            throw syntaxError();
        }
    }

    static Refusal syntaxError() {
        return new Refusal(SqlState.SYNTAX_ERROR, "syntax error in replication command");
    }
}
