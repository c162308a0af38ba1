package dev.railwaypostgres.postgres.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the tokens of one statement up to its semicolon, of which only the first are kept. */
final class StatementCollector {
    /** More than any statement needs to be known by. */
    private static final int KEPT = 48;

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int parentheses;
    private int blocks;
    private boolean intoTemporary;
    private boolean dropsOnCommit;
    private int end;
    private String last = "";
    private String beforeLast = "";

    StatementCollector(String source) {
        this.source = source;
    }

    /** A semicolon within parentheses (rules) or within a routine's body does not end a statement. */
    boolean isEnd(Token token) {
        return token.isSymbol(';') && parentheses <= 0 && blocks == 0;
    }

    /** An anonymous block, whose text is a string. */
    boolean isBlock() {
        return !tokens.isEmpty() && tokens.getFirst().is("do");
    }

    void add(Token token) {
        if (tokens.size() < KEPT) {
            tokens.add(token);
        }
        count(token);
        notice(token);
        end = token.end();
    }

    private void count(Token token) {
        if (token.isSymbol('(')) {
            parentheses++;
        } else if (token.isSymbol(')')) {
            parentheses--;
        } else if (token.is("atomic")
                && last.equals("begin")
                && tokens.getFirst().is("create")) {
            blocks++;
        } else if (token.is("case") && blocks > 0) {
            blocks++;
        } else if (token.is("end") && blocks > 0) {
            blocks--;
        }
    }

    private void notice(Token token) {
        intoTemporary |= last.equals("into") && (token.is("temp") || token.is("temporary"));
        dropsOnCommit |= token.is("drop") && last.equals("commit") && beforeLast.equals("on");
        beforeLast = last;
        last = token.kind() == Token.Kind.WORD ? token.text() : "";
    }

    Optional<Statement> finish() {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        if (intoTemporary && !tokens.getFirst().is("insert")) {
            return Optional.of(new Statement.CreateTemporary(false));
        }
        return Optional.of(new StatementReader(new Clause(source, tokens, end)).read(dropsOnCommit));
    }
}
