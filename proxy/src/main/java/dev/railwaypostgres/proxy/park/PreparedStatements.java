package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.StatementClass;
import dev.railwaypostgres.postgres.sql.SqlText;
import dev.railwaypostgres.postgres.sql.Statement;
import io.netty.buffer.ByteBuf;

/** All prepared statements that anybody on this event loop knows, each once. */
public final class PreparedStatements {
    /** Not what a person or a driver would choose; clients see their own names only. */
    private static final String PREFIX = "_pool_";

    /** No ping is longer. Bytes. */
    private static final int LONGEST_PING = 64;

    /** What makes two statements the same: names in a text mean what the search path makes of them. */
    private record Key(Bytes content, String searchPath) {}

    private final Interner<Key, PreparedStatement> known = new Interner<>();
    private final StatementScanner scanner;
    private long last;

    public PreparedStatements(StatementScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * @param content the body of a {@code Parse} message behind the name; left as it is
     * @param settings of the session that prepares it
     */
    public PreparedStatement of(ByteBuf content, Settings settings) {
        return known.intern(
                new Key(Bytes.copyOf(content), settings.searchPath()),
                key -> new PreparedStatement(
                        key,
                        key.content(),
                        PREFIX + Long.toString(++last, Character.MAX_RADIX),
                        scanner.effects(content),
                        StatementClass.of(content),
                        isPing(content)));
    }

    /** One that has no name, and hence is nobody else's. */
    public PreparedStatement unnamed(ByteBuf content) {
        return new PreparedStatement(
                "", Bytes.copyOf(content), "", scanner.effects(content), StatementClass.of(content), false);
    }

    private static boolean isPing(ByteBuf content) {
        if (content.readableBytes() > LONGEST_PING) {
            return false;
        }
        try {
            var reader = new BodyReader(content.slice());
            var sql = SqlText.parse(reader.readText());
            boolean hasTypes = reader.readShort() != 0;
            return !hasTypes
                    && sql.mentions().isEmpty()
                    && sql.statements().size() == 1
                    && sql.statements().getFirst() instanceof Statement.SelectInteger;
        } catch (ProtocolViolation _) {
            // For a server to refuse.
            return false;
        }
    }

    /** Servers refuse to run it as it once was: who asks for the same text again gets a new one. */
    public void retire(PreparedStatement statement) {
        if (statement.key() instanceof Key key) {
            known.forget(key);
        }
    }
}
