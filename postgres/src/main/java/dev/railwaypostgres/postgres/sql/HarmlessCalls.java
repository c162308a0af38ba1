package dev.railwaypostgres.postgres.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words that leave no trace in a session when a parenthesis follows them: built-in functions, types and key words.
 * Whatever else is called may do anything, for instance change a setting.
 */
final class HarmlessCalls {
    private static final Set<String> WORDS = read();

    /** The same words for bytes: a hash table with open addressing, of a power of two of places. */
    private static final byte[][] TABLE = table();

    private HarmlessCalls() {}

    /** @param word in lower case */
    static boolean contains(String word) {
        return WORDS.contains(word);
    }

    /** The same for a word in ASCII, in whatever case, that stands in the text from {@code start} to {@code end}. */
    static boolean contains(byte[] text, int start, int end) {
        int place = hash(text, start, end) & (TABLE.length - 1);
        while (TABLE[place].length > 0) {
            if (equal(TABLE[place], text, start, end)) {
                return true;
            }
            place = (place + 1) & (TABLE.length - 1);
        }
        return false;
    }

    private static boolean equal(byte[] word, byte[] text, int start, int end) {
        if (word.length != end - start) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (word[i] != lower(text[start + i])) {
                return false;
            }
        }
        return true;
    }

    static int hash(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + lower(text[i]);
        }
        return hash ^ (hash >>> 15);
    }

    static byte lower(byte c) {
        return c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }

    private static Set<String> read() {
        var stream = Objects.requireNonNull(HarmlessCalls.class.getResourceAsStream("harmless-calls.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                    .map(word -> word.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(HashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[][] table() {
        var table = new byte[Integer.highestOneBit(WORDS.size()) * 4][];
        Arrays.fill(table, new byte[0]);
        for (var word : WORDS) {
            var bytes = word.getBytes(StandardCharsets.US_ASCII);
            int place = hash(bytes, 0, bytes.length) & (table.length - 1);
            while (table[place].length > 0) {
                place = (place + 1) & (table.length - 1);
            }
            table[place] = bytes;
        }
        return table;
    }
}
