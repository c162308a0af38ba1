package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.proxy.park.PreparedStatement;
import dev.railwaypostgres.proxy.relay.Sequel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The prepared statements of one server connection, those used last at the end. */
public final class ServerStatements {
    /** As many as PgBouncer keeps by default: each costs the server some kilobytes. */
    private static final int LIMIT = 200;

    /** What has to be done before a statement can be used. */
    public enum Need {
        NOTHING,
        PREPARE,
        /** The server still has one of that name, which is of no use any more. */
        REPLACE,
        /** It has been asked for in an earlier batch: whether it is there will be known when that is answered. */
        WAIT
    }

    /** With the number of the batch in which it was asked for, as long as that is not answered. */
    private final LinkedHashMap<PreparedStatement, Long> statements = new LinkedHashMap<>(16, 0.75f, true);

    private static final Long THERE = -1L;

    /** Of no use any more, and not closed yet. */
    private final Set<PreparedStatement> abandoned = new HashSet<>();

    private long batch;

    /** A {@code Sync} goes out. */
    public void endBatch() {
        batch++;
    }

    public Need need(PreparedStatement statement) {
        var asked = statements.get(statement);
        if (asked == null) {
            return abandoned.contains(statement) ? Need.REPLACE : Need.PREPARE;
        }
        return asked.equals(THERE) || asked == batch ? Need.NOTHING : Need.WAIT;
    }

    /** It is being prepared. */
    public Sequel preparing(PreparedStatement statement, @Nullable Sequel then) {
        boolean wasThere = abandoned.remove(statement) || statements.containsKey(statement);
        statements.put(statement, batch);
        return new Sequel() {
            @Override
            public void done() {
                statements.put(statement, THERE);
                if (then != null) {
                    then.done();
                }
            }

            @Override
            public void failed() {
                if (wasThere) {
                    abandon(statement);
                } else {
                    statements.remove(statement);
                }
                if (then != null) {
                    then.failed();
                }
            }

            @Override
            public @Nullable Alias alias() {
                return then == null ? null : then.alias();
            }
        };
    }

    /** It has turned out not to be there. */
    public void forget(PreparedStatement statement) {
        statements.remove(statement);
    }

    /** It is there, and has turned out to be of no use any more. */
    public void abandon(PreparedStatement statement) {
        statements.remove(statement);
        abandoned.add(statement);
    }

    /** The server has thrown all of them away. */
    public void clear() {
        statements.clear();
        abandoned.clear();
    }

    int size() {
        return statements.size();
    }

    /** Those that are of no use and those that are too many, for them to be closed; only while nothing is asked. */
    List<PreparedStatement> takeSurplus() {
        if (abandoned.isEmpty() && statements.size() <= LIMIT) {
            return List.of();
        }
        var surplus = new ArrayList<>(abandoned);
        abandoned.clear();
        statements.keySet().stream()
                .limit(Math.max(0, statements.size() - LIMIT))
                .forEach(surplus::add);
        statements.keySet().removeAll(surplus);
        return surplus;
    }
}
