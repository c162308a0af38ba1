package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.BodyWriter;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.proxy.manage.DatabaseMetrics;
import dev.railwaypostgres.proxy.park.PreparedStatement;
import dev.railwaypostgres.proxy.pool.ServerConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A client's messages as a server gets them, with its own names of statements in the place of the client's (PostgreSQL manual,
 * "Message Formats"). They go out with the next flush.
 */
record RewrittenMessages(ServerConnection server, DatabaseMetrics metrics) {
    /** Room for a header and our names, which are short. Bytes. */
    private static final int BESIDE_BODY = 64;

    /** @param body what is left of it; its length is {@code bodyLength} */
    void asItIs(byte tag, int bodyLength, ByteBuf body) {
        var out = server.peer().buffer(MessageFramer.HEADER_LENGTH + body.readableBytes());
        out.writeByte(tag);
        out.writeInt(Integer.BYTES + bodyLength);
        out.writeBytes(body);
        server.peer().write(out);
    }

    void parse(PreparedStatement statement) {
        metrics.parsedAtServer();
        parse(statement.name(), Unpooled.wrappedBuffer(statement.content().toArray()));
    }

    /** @param content text and types of parameters */
    void parse(String name, ByteBuf content) {
        var out = server.peer().buffer(BESIDE_BODY + content.readableBytes());
        out.writeByte(FrontendTag.PARSE);
        out.writeInt(Integer.BYTES + name.length() + 1 + content.readableBytes());
        BodyWriter.writeText(out, name);
        out.writeBytes(content);
        server.peer().write(out);
    }

    /**
     * @param body as much of it as has been shown, both names at least; the rest follows by itself
     * @param portalLength of the portal's name, without the zero behind it; as is {@code nameLength}, of the statement's
     */
    void bind(ByteBuf body, int bodyLength, int portalLength, int nameLength, String serverName) {
        int start = body.readerIndex();
        int rest = portalLength + 1 + nameLength;
        var out = server.peer().buffer(BESIDE_BODY + body.readableBytes());
        out.writeByte(FrontendTag.BIND);
        out.writeInt(Integer.BYTES + bodyLength - nameLength + serverName.length());
        out.writeBytes(body, start, portalLength + 1);
        out.writeCharSequence(serverName, StandardCharsets.US_ASCII);
        out.writeBytes(body, start + rest, body.readableBytes() - rest);
        server.peer().write(out);
    }
}
