package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.postgres.message.StatementClass;
import dev.railwaypostgres.proxy.park.ClientStatements;
import dev.railwaypostgres.proxy.park.PreparedStatement;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What kind of statement a client waits for, by the message that is held. A message that came in pieces tells nothing. */
record AwaitedStatement(ClientStatements prepared) {
    /** @param messages from the header of the first one on; left as they are */
    StatementClass of(ByteBuf messages) {
        if (messages.readableBytes() <= MessageFramer.HEADER_LENGTH) {
            return StatementClass.OTHER;
        }
        var body = messages.slice(
                messages.readerIndex() + MessageFramer.HEADER_LENGTH,
                messages.readableBytes() - MessageFramer.HEADER_LENGTH);
        return switch (messages.getByte(messages.readerIndex())) {
            case FrontendTag.QUERY -> StatementClass.of(body);
            case FrontendTag.PARSE -> skipsText(body) ? StatementClass.of(body) : StatementClass.OTHER;
            case FrontendTag.BIND -> skipsText(body) ? kind(statement(body)) : StatementClass.OTHER;
            case FrontendTag.FUNCTION_CALL -> StatementClass.FUNCTION_CALL;
            default -> StatementClass.OTHER;
        };
    }

    /** @return whether its end is there */
    private static boolean skipsText(ByteBuf body) {
        int length = body.bytesBefore((byte) 0);
        if (length >= 0) {
            body.skipBytes(length + 1);
        }
        return length >= 0;
    }

    private @Nullable PreparedStatement statement(ByteBuf body) {
        int length = body.bytesBefore((byte) 0);
        if (length <= 0) {
            return length == 0 ? prepared.unnamed() : null;
        }
        var named = prepared.find(body.toString(body.readerIndex(), length, StandardCharsets.UTF_8));
        return named == null ? null : named.statement();
    }

    private static StatementClass kind(@Nullable PreparedStatement statement) {
        return statement == null ? StatementClass.OTHER : statement.kind();
    }
}
