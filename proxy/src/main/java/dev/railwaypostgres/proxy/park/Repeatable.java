package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.sql.SqlText;
import dev.railwaypostgres.postgres.sql.Statement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether work may be sent a second time, after a server that was shut down gave no answer to it. Only for queries that
 * return rows: of those Postgres writes a {@code RowDescription} or {@code ParseComplete} before it runs anything, so an
 * answer that begins with the shutdown's error tells that nothing ran, whatever functions are called. When in doubt, the
 * client gets an error and decides for itself.
 */
final class Repeatable {
    private static final int HEADER = 5;

    private final ClientStatements statements;
    private final Map<String, String> parsed = new HashMap<>();

    /** @param statements that the session already has */
    Repeatable(ClientStatements statements) {
        this.statements = statements;
    }

    /** @param messages whole ones; the indexes are left alone */
    boolean isReading(ByteBuf messages) {
        var rest = messages.duplicate();
        while (rest.isReadable()) {
            byte tag = rest.getByte(rest.readerIndex());
            int length = rest.getInt(rest.readerIndex() + 1) - Integer.BYTES;
            if (!isReading(tag, rest.slice(rest.readerIndex() + HEADER, length))) {
                return false;
            }
            rest.skipBytes(HEADER + length);
        }
        return true;
    }

    private boolean isReading(byte tag, ByteBuf body) {
        var reader = new BodyReader(body);
        return switch (tag) {
            case FrontendTag.QUERY -> isReading(reader.readText());
            case FrontendTag.PARSE -> {
                var name = reader.readText();
                var text = reader.readText();
                parsed.put(name, text);
                yield isReading(text);
            }
            case FrontendTag.BIND -> {
                reader.readText();
                var text = textOf(reader.readText());
                yield text != null && isReading(text);
            }
            case FrontendTag.DESCRIBE, FrontendTag.EXECUTE, FrontendTag.SYNC, FrontendTag.FLUSH -> true;
            default -> false;
        };
    }

    private @Nullable String textOf(String name) {
        var now = parsed.get(name);
        if (now != null) {
            return now;
        }
        var named = statements.find(name);
        var earlier = named == null ? null : named.statement();
        var statement = name.isEmpty() ? statements.unnamed() : earlier;
        return statement == null
                ? null
                : new BodyReader(Unpooled.wrappedBuffer(statement.content().toArray())).readText();
    }

    /** One query without locks, and without anything that leaves a trace. */
    private static boolean isReading(String text) {
        var sql = SqlText.parse(text);
        return sql.mentions().isEmpty()
                && sql.statements().size() == 1
                && switch (sql.statements().getFirst()) {
                    case Statement.SelectInteger _, Statement.Show _ -> true;
                    case Statement.Other(String keyword) ->
                        keyword.equals("select")
                                && !text.toLowerCase(Locale.ROOT).contains(" into ");
                    case Statement.Begin _,
                            Statement.Commit _,
                            Statement.Rollback _,
                            Statement.Savepoint _,
                            Statement.ReleaseSavepoint _,
                            Statement.RollbackToSavepoint _,
                            Statement.Set _,
                            Statement.SetTransaction _,
                            Statement.Reset _,
                            Statement.Discard _,
                            Statement.Listen _,
                            Statement.Unlisten _,
                            Statement.AlterDefaults _,
                            Statement.Notify _,
                            Statement.Prepare _,
                            Statement.Execute _,
                            Statement.Deallocate _,
                            Statement.DeclareCursor _,
                            Statement.CloseCursor _,
                            Statement.CreateTemporary _ -> false;
                };
    }
}
