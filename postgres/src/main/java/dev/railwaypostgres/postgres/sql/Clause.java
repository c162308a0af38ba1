package dev.railwaypostgres.postgres.sql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The first tokens of a statement, read from left to right. */
final class Clause {
    private final String source;
    private final List<Token> tokens;
    private final int end;
    private int position;

    Clause(String source, List<Token> tokens, int end) {
        this.source = source;
        this.tokens = tokens;
        this.end = end;
    }

    boolean isAtEnd() {
        return position >= tokens.size();
    }

    /** Moves past the word if it comes now. */
    boolean accept(String word) {
        boolean comes = !isAtEnd() && tokens.get(position).is(word);
        position += comes ? 1 : 0;
        return comes;
    }

    /** Moves past all of the words if they come now, in this order. */
    boolean accept(String first, String second) {
        int before = position;
        boolean come = accept(first) && accept(second);
        position = come ? position : before;
        return come;
    }

    boolean acceptSymbol(char symbol) {
        boolean comes = !isAtEnd() && tokens.get(position).isSymbol(symbol);
        position += comes ? 1 : 0;
        return comes;
    }

    /** Such a word comes sometime. */
    boolean has(String word) {
        return tokens.subList(position, tokens.size()).stream().anyMatch(token -> token.is(word));
    }

    /** Moves past the first such word from here on. */
    boolean skipPast(String word) {
        while (!isAtEnd()) {
            if (token().is(word)) {
                return true;
            }
        }
        return false;
    }

    /** {@code ROLE x}, but not a setting of that name: {@code ROLE = x}. */
    boolean acceptRole() {
        boolean assigned = position + 1 < tokens.size()
                && (tokens.get(position + 1).isSymbol('=')
                        || tokens.get(position + 1).is("to"));
        return !assigned && accept("role");
    }

    /** Moves past a word or a quoted name. */
    Optional<String> name() {
        if (isAtEnd() || !tokens.get(position).isIdentifier()) {
            return Optional.empty();
        }
        return Optional.of(tokens.get(position++).text());
    }

    /** Moves past a name with dots in it. */
    Optional<String> dottedName() {
        var first = name();
        if (first.isEmpty()) {
            return first;
        }
        var whole = new StringBuilder(first.get());
        while (acceptSymbol('.')) {
            whole.append('.').append(name().orElse(""));
        }
        return Optional.of(whole.toString());
    }

    Token token() {
        return tokens.get(position++);
    }

    /** The source from the next token to the last, with the comments between them. */
    String rest() {
        return isAtEnd()
                ? ""
                : source.substring(tokens.get(position).start(), end).strip();
    }

    /** The words from here on, without the comments between them. */
    String remainingWords() {
        return tokens.subList(position, tokens.size()).stream()
                .map(token -> token.kind() == Token.Kind.STRING ? "'" : token.text())
                .collect(Collectors.joining(" "))
                .replace(" ,", ",");
    }
}
