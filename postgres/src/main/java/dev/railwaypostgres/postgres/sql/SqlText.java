package dev.railwaypostgres.postgres.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a client sent for running: any number of statements.
 *
 * @param statements none when there is nothing but blanks, comments and semicolons
 * @param mentions in any of the statements
 */
public record SqlText(List<Statement> statements, Set<Mention> mentions) {
    public SqlText {
        statements = List.copyOf(statements);
        mentions = Collections.unmodifiableSet(copy(mentions));
    }

    public static SqlText parse(String text) {
        var tokens = new Tokens(text);
        var statements = new ArrayList<Statement>();
        var mentions = EnumSet.noneOf(Mention.class);
        var collector = new StatementCollector(text);
        for (var token = tokens.next(); token != null; token = tokens.next()) {
            if (collector.isEnd(token)) {
                collector.finish().ifPresent(statements::add);
                collector = new StatementCollector(text);
            } else {
                collector.add(token);
                if (token.isIdentifier()) {
                    Mention.of(token.text()).ifPresent(mentions::add);
                }
            }
        }
        collector.finish().ifPresent(statements::add);
        return new SqlText(statements, mentions);
    }

    public boolean isEmpty() {
        return statements.isEmpty();
    }

    private static Set<Mention> copy(Set<Mention> mentions) {
        return mentions.isEmpty() ? EnumSet.noneOf(Mention.class) : EnumSet.copyOf(mentions);
    }
}
