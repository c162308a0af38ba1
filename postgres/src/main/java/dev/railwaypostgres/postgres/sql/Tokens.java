package dev.railwaypostgres.postgres.sql;

import dev.railwaypostgres.postgres.sql.Token.Kind;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts text into tokens by Postgres' lexical rules; comments vanish. What is not closed reaches to the end. */
final class Tokens {
    private final String source;
    private int position;

    Tokens(String source) {
        this.source = source;
    }

    static Optional<String> single(String text) {
        var tokens = new Tokens(text);
        var token = tokens.next();
        if (token == null || tokens.next() != null) {
            return Optional.empty();
        }
        return switch (token.kind()) {
            case WORD, NAME, STRING, NUMBER -> Optional.of(token.text());
            case CODED_STRING, SYMBOL -> Optional.empty();
        };
    }

    @Nullable
    Token next() {
        skipBlanks();
        if (position >= source.length()) {
            return null;
        }
        char c = source.charAt(position);
        if (c == '\'') {
            return quoted(Kind.STRING, position, false);
        }
        if (c == '"') {
            return quoted(Kind.NAME, position, false);
        }
        if (c == '$') {
            return dollar();
        }
        if (isDigit(c) || (c == '.' && isDigit(at(position + 1)))) {
            return number();
        }
        return isWordStart(c) ? wordOrPrefixed() : symbol();
    }

    private void skipBlanks() {
        while (position < source.length()) {
            if (isBlank(source.charAt(position))) {
                position++;
            } else if (source.startsWith("--", position)) {
                skipLine();
            } else if (source.startsWith("/*", position)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (position < source.length() && source.charAt(position) != '\n' && source.charAt(position) != '\r') {
            position++;
        }
    }

    /** Comments nest, as in the standard and unlike C. */
    private void skipComment() {
        int depth = 0;
        do {
            if (source.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (source.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0 && position < source.length());
    }

    /** The position is at the opening quote, {@code start} at a prefix before it. */
    private Token quoted(Kind kind, int start, boolean backslashes) {
        char quote = source.charAt(position++);
        var text = new StringBuilder();
        while (position < source.length()) {
            char c = source.charAt(position++);
            if (c == quote) {
                if (at(position) != quote) {
                    break;
                }
                position++;
            } else if (c == '\\' && backslashes && position < source.length()) {
                text.append(c);
                c = source.charAt(position++);
            }
            text.append(c);
        }
        return new Token(kind, text.toString(), start, position);
    }

    /** A dollar-quoted string, a parameter, or a lone dollar. */
    private Token dollar() {
        int start = position;
        int tagEnd = start + 1;
        while (isWordPart(at(tagEnd)) && at(tagEnd) != '$') {
            tagEnd++;
        }
        if (at(tagEnd) != '$' || isDigit(at(start + 1))) {
            position = Math.max(tagEnd, start + 1);
            return new Token(Kind.SYMBOL, "$", start, position);
        }
        var tag = source.substring(start, tagEnd + 1);
        int close = source.indexOf(tag, tagEnd + 1);
        int textEnd = close < 0 ? source.length() : close;
        position = Math.min(textEnd + tag.length(), source.length());
        return new Token(Kind.STRING, source.substring(tagEnd + 1, textEnd), start, position);
    }

    private Token number() {
        int start = position;
        while (isWordPart(at(position)) || at(position) == '.') {
            position++;
        }
        return new Token(Kind.NUMBER, source.substring(start, position), start, position);
    }

    private Token wordOrPrefixed() {
        int start = position;
        char prefix = Character.toLowerCase(source.charAt(start));
        if (at(start + 1) == '\'' && "ebxn".indexOf(prefix) >= 0) {
            position++;
            return quoted(Kind.CODED_STRING, start, prefix == 'e');
        }
        if (prefix == 'u' && at(start + 1) == '&' && (at(start + 2) == '\'' || at(start + 2) == '"')) {
            position += 2;
            return quoted(Kind.CODED_STRING, start, false);
        }
        while (isWordPart(at(position))) {
            position++;
        }
        return new Token(Kind.WORD, source.substring(start, position).toLowerCase(Locale.ROOT), start, position);
    }

    private Token symbol() {
        int start = position++;
        return new Token(Kind.SYMBOL, source.substring(start, position), start, position);
    }

    private char at(int index) {
        return index < source.length() ? source.charAt(index) : 0;
    }

    /** Postgres' white space, which is less than Unicode's. A zero cannot come in text; it is skipped for good measure. */
    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
