package dev.railwaypostgres.postgres.sql;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a client sent for running: any number of statements.
 *
 * @param statements none when there is nothing but blanks, comments and semicolons
 * @param mentions in any of the statements
 * @param configured names of the settings that calls of {@code set_config} change, as far as they are written out
 */
public record SqlText(List<Statement> statements, Set<Mention> mentions, Set<String> configured) {
    public SqlText {
        statements = List.copyOf(statements);
        mentions = Collections.unmodifiableSet(copy(mentions));
        configured = Set.copyOf(configured);
    }

    public static SqlText parse(String text) {
        return new TextReader(text).read();
    }

    public boolean isEmpty() {
        return statements.isEmpty();
    }

    private static Set<Mention> copy(Set<Mention> mentions) {
        return mentions.isEmpty() ? EnumSet.noneOf(Mention.class) : EnumSet.copyOf(mentions);
    }
}
