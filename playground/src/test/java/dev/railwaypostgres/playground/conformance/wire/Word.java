package dev.railwaypostgres.playground.conformance.wire;

import dev.railwaypostgres.postgres.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One word of a line. Words are divided by spaces; what stands between quotation marks belongs to one word, may hold
 * {@code \n \t \0 \" \\ \xNN}, and is there N times if {@code *N} stands behind it. {@code *N} alone makes the word before it
 * N words. A name and {@code =} before the value make a word an option.
 *
 * @param option empty for a word that is none
 * @param isQuoted it means itself, whatever it looks like
 */
public record Word(String option, Bytes value, boolean isQuoted) {

    /**
     * @throws IllegalArgumentException for quotation marks and escapes that lead nowhere
     */
    public static List<Word> split(String line) {
        var words = new ArrayList<Word>();
        var reader = new Reader(line);
        while (reader.skipSpaces()) {
            var word = reader.word();
            if (word.isRepetition()) {
                words.addAll(Collections.nCopies(Integer.parseInt(word.text().substring(1)) - 1, words.getLast()));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    private boolean isRepetition() {
        return !isQuoted && value.length() < 9 && text().matches("\\*[0-9]+");
    }

    public String text() {
        return value.toText();
    }

    public boolean isOption() {
        return !option.isEmpty();
    }

    private static final class Reader {
        private final String line;
        private int at;

        Reader(String line) {
            this.line = line;
        }

        boolean skipSpaces() {
            while (at < line.length() && line.charAt(at) == ' ') {
                at++;
            }
            return at < line.length();
        }

        Word word() {
            var bytes = new ByteArrayOutputStream();
            var option = "";
            boolean isQuoted = false;
            while (at < line.length() && line.charAt(at) != ' ') {
                char c = line.charAt(at);
                if (c == '"') {
                    isQuoted = true;
                    bytes.writeBytes(quoted());
                } else if (c == '=' && option.isEmpty() && !isQuoted && bytes.size() > 0) {
                    option = bytes.toString(StandardCharsets.UTF_8);
                    bytes.reset();
                    at++;
                } else {
                    bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                    at++;
                }
            }
            return new Word(option, Bytes.copyOf(bytes.toByteArray()), isQuoted);
        }

        private byte[] quoted() {
            var bytes = new ByteArrayOutputStream();
            at++;
            while (charAt(at) != '"') {
                bytes.writeBytes(charAt(at) == '\\' ? escaped() : plain());
            }
            at++;
            return repeated(bytes.toByteArray());
        }

        private byte[] plain() {
            int codePoint = line.codePointAt(at);
            at += Character.charCount(codePoint);
            return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        }

        private byte[] escaped() {
            char kind = charAt(at + 1);
            at += 2;
            return new byte[] {
                switch (kind) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case '0' -> 0;
                    case 'x' -> hexadecimal();
                    case '"', '\\' -> (byte) kind;
                    default -> throw new IllegalArgumentException("no such escape: \\" + kind);
                }
            };
        }

        private byte hexadecimal() {
            at += 2;
            charAt(at - 1);
            return (byte) Integer.parseInt(line.substring(at - 2, at), 16);
        }

        private byte[] repeated(byte[] once) {
            if (at >= line.length() || line.charAt(at) != '*') {
                return once;
            }
            int from = ++at;
            while (at < line.length() && Character.isDigit(line.charAt(at))) {
                at++;
            }
            var all = new ByteArrayOutputStream();
            for (int i = Integer.parseInt(line.substring(from, at)); i > 0; i--) {
                all.writeBytes(once);
            }
            return all.toByteArray();
        }

        private char charAt(int index) {
            if (index >= line.length()) {
                throw new IllegalArgumentException("no closing quotation mark: " + line);
            }
            return line.charAt(index);
        }
    }
}
