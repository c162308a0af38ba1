package dev.railwaypostgres.postgres.sql;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Puts other names of prepared statements in the place of those that {@code PREPARE}, {@code EXECUTE} and {@code DEALLOCATE}
 * speak of.
 */
public final class StatementNames {
    /** What comes next. */
    private enum Next {
        STATEMENT,
        NAMED,
        DEALLOCATED,
        REST
    }

    private final String text;
    private final UnaryOperator<String> other;
    private final StringBuilder replaced = new StringBuilder();
    private int done;

    private StatementNames(String text, UnaryOperator<String> other) {
        this.text = text;
        this.other = other;
    }

    /**
     * @param other gives the new name; the same one to leave it alone
     * @return the text with the new names in quotes; empty if it is the same
     */
    public static Optional<String> replace(String text, UnaryOperator<String> other) {
        return new StatementNames(text, other).replace();
    }

    private Optional<String> replace() {
        var tokens = new Tokens(text);
        var next = Next.STATEMENT;
        for (var token = tokens.next(); token != null; token = tokens.next()) {
            next = token.isSymbol(';') ? Next.STATEMENT : after(next, token);
        }
        return done == 0
                ? Optional.empty()
                : Optional.of(replaced.append(text, done, text.length()).toString());
    }

    private Next after(Next now, Token token) {
        return switch (now) {
            case STATEMENT -> statement(token);
            case NAMED -> token.is("transaction") ? Next.REST : named(token);
            case DEALLOCATED -> token.is("prepare") ? now : token.is("all") ? Next.REST : named(token);
            case REST -> now;
        };
    }

    private static Next statement(Token first) {
        if (first.is("execute") || first.is("prepare")) {
            return Next.NAMED;
        }
        return first.is("deallocate") ? Next.DEALLOCATED : Next.REST;
    }

    private Next named(Token token) {
        var name = other.apply(token.text());
        if (!name.equals(token.text())) {
            replaced.append(text, done, token.start())
                    .append('"')
                    .append(name.replace("\"", "\"\""))
                    .append('"');
            done = token.end();
        }
        return Next.REST;
    }
}
