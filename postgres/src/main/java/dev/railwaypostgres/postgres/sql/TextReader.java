package dev.railwaypostgres.postgres.sql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one text, token by token. */
final class TextReader {
    private static final String SET_CONFIG = "set_config";

    private final String text;
    private final Calls calls = new Calls();
    private final List<Statement> statements = new ArrayList<>();
    private final Set<Mention> mentions = EnumSet.noneOf(Mention.class);
    private final Set<String> configured = new HashSet<>();
    private StatementCollector collector;

    /** The word was there. */
    private boolean isUpdate;

    /** The function whose first argument comes now. */
    private @Nullable String called;

    TextReader(String text) {
        this.text = text;
        this.collector = new StatementCollector(text);
    }

    SqlText read() {
        var tokens = new Tokens(text);
        for (var token = tokens.next(); token != null; token = tokens.next()) {
            mention(token);
            if (collector.isEnd(token)) {
                finish();
                collector = new StatementCollector(text);
            } else {
                collector.add(token);
            }
        }
        finish();
        return new SqlText(statements, mentions, configured);
    }

    private void mention(Token token) {
        if (token.kind() == Token.Kind.STRING) {
            string(token);
        }
        called = calls.calledBy(token);
        if (called != null && Mention.of(called).isEmpty()) {
            mentions.add(Mention.UNKNOWN_CALL);
        }
        if (token.isIdentifier()) {
            Mention.of(token.text()).ifPresent(mentions::add);
            settings(token);
        }
    }

    /** The view of all settings changes them when it is updated. */
    private void settings(Token token) {
        isUpdate |= token.is("update");
        if (isUpdate && token.text().equals("pg_settings")) {
            mentions.add(Mention.SET_CONFIG);
        }
    }

    private void string(Token token) {
        if (collector.isBlock()) {
            configured.addAll(new TextReader(token.text()).read().configured());
        }
        if (SET_CONFIG.equals(called)) {
            configured.add(token.text().toLowerCase(Locale.ROOT));
        }
        if (token.text().endsWith("\\")) {
            // By a setting of old the string may go on behind its quote, and what follows is not what it seems.
            mentions.add(Mention.UNKNOWN_CALL);
        }
    }

    private void finish() {
        var statement = collector.finish();
        if (statement.isPresent()) {
            statements.add(statement.get());
            if (statement.get() instanceof Statement.Other(String keyword) && isBlock(keyword)) {
                mentions.add(Mention.UNKNOWN_CALL);
            }
        }
    }

    private static boolean isBlock(String keyword) {
        return keyword.equals("do") || keyword.equals("call");
    }
}
