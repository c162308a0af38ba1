package dev.railwaypostgres.postgres.sql;

import java.nio.charset.StandardCharsets;

/**
 * A glance at a text that tells the great mass of statements, which read and write rows and leave no trace in their
 * session, from those that have to be read with {@link SqlText}. Walks over the bytes once and allocates nothing. When in
 * doubt, a text is not plain. One for each thread.
 */
public final class SqlGlance {
    /** Statements that begin so do no more to a session than the functions they call. */
    private static final byte[][] PLAIN = words(
            "select",
            "insert",
            "update",
            "delete",
            "values",
            "with",
            "begin",
            "commit",
            "end",
            "copy",
            "fetch",
            "move",
            "truncate",
            "vacuum",
            "analyze",
            "merge",
            "lock",
            "notify",
            "drop",
            "grant",
            "revoke",
            "comment");

    private static final byte[] CATALOG = "pg_catalog".getBytes(StandardCharsets.US_ASCII);

    private static final byte[][] NAMING = words("into", "table", "as", "with", "references");

    private byte[] text = new byte[0];
    private int end;
    private int position;

    /** Whether a statement begins now. */
    private boolean isStart;

    private boolean isNaming;

    /** @param bytes text in any encoding that holds ASCII as it is; read from {@code from} to {@code to} */
    public boolean isPlain(byte[] bytes, int from, int to) {
        text = bytes;
        position = from;
        end = to;
        isStart = true;
        isNaming = false;
        boolean isPlain = true;
        while (isPlain && position < end) {
            isPlain = step();
        }
        return isPlain;
    }

    private boolean step() {
        byte c = text[position];
        if (isWordStart(c)) {
            return word();
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        return switch (c) {
            case ' ', '\t', '\n', '\r', '\f' -> skip();
            case '\'' -> string();
            case '"' -> name();
            case '$' -> parameter();
            case '-', '/' -> isComment(position) ? comment() : symbol(c);
            default -> symbol(c);
        };
    }

    private boolean skip() {
        position++;
        return true;
    }

    private boolean symbol(byte c) {
        isNaming = c == ')' || (isNaming && c == '.');
        isStart = c == ';' || (isStart && c == '(');
        position++;
        return true;
    }

    private boolean word() {
        int start = position;
        while (position < end && isWordPart(text[position])) {
            position++;
        }
        if (isStart) {
            isStart = false;
            isNaming = isOneOf(NAMING, start);
            return isOneOf(PLAIN, start);
        }
        if (at(position) == '\'' || at(position) == '&' || leavesTrace(start)) {
            return false;
        }
        return named(start);
    }

    private boolean named(int start) {
        if (isOneOf(NAMING, start)) {
            isNaming = true;
            return true;
        }
        boolean isOwnSchema = start > 0 && text[start - 1] == '.' && !isNaming && !isInCatalog(start);
        boolean isHarmless = !isOwnSchema && (isNaming || isCalled()) && HarmlessCalls.contains(text, start, position);
        boolean isFine = isHarmless || isNaming || !isCalled();
        isNaming &= !isHarmless;
        return isFine;
    }

    private boolean isInCatalog(int start) {
        int schema = start - 1 - CATALOG.length;
        return schema > 0 && !isWordPart(text[schema - 1]) && isAt(schema, CATALOG);
    }

    /** Words that matter wherever they stand. */
    private boolean leavesTrace(int start) {
        byte first = HarmlessCalls.lower(text[start]);
        return switch (first) {
            case 't' -> is(start, "temp") || is(start, "temporary");
            case 's' -> is(start, "set_config") || is(start, "setseed") || is(start, "setval");
            case 'n' -> is(start, "nextval");
            case 'c' -> is(start, "currval");
            case 'l' -> is(start, "lastval");
            case 'p' ->
                begins(start, "pg_temp")
                        || begins(start, "pg_settings")
                        || begins(start, "pg_advisory")
                        || begins(start, "pg_try_advisory");
            default -> false;
        };
    }

    private boolean isCalled() {
        int next = position;
        while (isBlank(at(next)) || isComment(next)) {
            next = isComment(next) ? endOfComment(next) : next + 1;
        }
        return at(next) == '(';
    }

    private boolean number() {
        while (position < end && (isWordPart(text[position]) || text[position] == '.')) {
            position++;
        }
        isStart = false;
        isNaming = false;
        return true;
    }

    /** A backslash before the end may mean that it is not the end, by a setting of old. */
    private boolean string() {
        position = indexOf((byte) '\'', position + 1) + 1;
        isStart = false;
        isNaming = false;
        return text[Math.min(position, end) - 2] != '\\';
    }

    private boolean name() {
        position = indexOf((byte) '"', position + 1) + 1;
        isStart = false;
        return isNaming || !isCalled();
    }

    /** {@code $1}; what is quoted by dollars is left to others. */
    private boolean parameter() {
        byte next = at(position + 1);
        position++;
        isNaming = false;
        return next >= '0' && next <= '9';
    }

    private boolean comment() {
        int start = position;
        position = endOfComment(start);
        return text[start] == '-' || !isNested(start + 2, position);
    }

    private boolean isNested(int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (text[i] == '/' && text[i + 1] == '*') {
                return true;
            }
        }
        return false;
    }

    private boolean isComment(int index) {
        byte c = at(index);
        return (c == '-' && at(index + 1) == '-') || (c == '/' && at(index + 1) == '*');
    }

    /** Of one that is not nested. */
    private int endOfComment(int start) {
        int at = start + 2;
        if (text[start] == '-') {
            while (at < end && text[at] != '\n' && text[at] != '\r') {
                at++;
            }
            return at;
        }
        while (at + 1 < end && !(text[at] == '*' && text[at + 1] == '/')) {
            at++;
        }
        return Math.min(end, at + 2);
    }

    private int indexOf(byte wanted, int from) {
        int at = from;
        while (at < end && text[at] != wanted) {
            at++;
        }
        return at;
    }

    private boolean isOneOf(byte[][] words, int start) {
        for (var word : words) {
            if (is(start, word)) {
                return true;
            }
        }
        return false;
    }

    private boolean is(int start, String word) {
        return position - start == word.length() && begins(start, word);
    }

    private boolean begins(int start, String word) {
        if (position - start < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (HarmlessCalls.lower(text[start + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean is(int start, byte[] word) {
        return position - start == word.length && isAt(start, word);
    }

    private boolean isAt(int start, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (HarmlessCalls.lower(text[start + i]) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private byte at(int index) {
        return index < end ? text[index] : 0;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isWordStart(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c < 0;
    }

    private static boolean isWordPart(byte c) {
        return isWordStart(c) || (c >= '0' && c <= '9') || c == '$';
    }

    private static byte[][] words(String... words) {
        var bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }
}
