package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.message.FrontendEncoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.FrontendTag;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * What makes a fresh server connection a session's own.
 *
 * @param settings statements
 * @param statements bodies of {@code Parse} messages
 */
public record Replay(List<String> settings, List<Bytes> statements) {
    public static final Replay NOTHING = new Replay(List.of(), List.of());

    public Replay {
        settings = List.copyOf(settings);
        statements = List.copyOf(statements);
    }

    /** How many {@code ReadyForQuery} come back. The settings have the first, if there are any. */
    int rounds() {
        return statements.size() + (settings.isEmpty() ? 0 : 1);
    }

    /** Each statement has a round of its own: one that the server no longer accepts must not take the others along. */
    void writeTo(ByteBuf out) {
        if (!settings.isEmpty()) {
            FrontendEncoder.encode(new FrontendMessage.Query(String.join(";", settings)), out);
        }
        for (var statement : statements) {
            out.writeByte(FrontendTag.PARSE);
            out.writeInt(Integer.BYTES + statement.length());
            statement.writeTo(out);
            FrontendEncoder.encode(new FrontendMessage.Sync(), out);
        }
    }
}
