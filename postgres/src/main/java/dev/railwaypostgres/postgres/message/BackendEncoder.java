package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.BodyWriter;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendMessage.CopyResponse;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a server's messages. */
public final class BackendEncoder {
    private BackendEncoder() {}

    /**
     * @throws IllegalArgumentException when text holds a zero character, or a list is too long for its count
     */
    public static void encode(BackendMessage message, ByteBuf out) {
        out.writeByte(tag(message));
        int lengthIndex = out.writerIndex();
        out.writeInt(0);
        writeBody(message, out);
        BodyWriter.patchLength(out, lengthIndex);
    }

    private static byte tag(BackendMessage message) {
        return switch (message) {
            case Authentication _ -> BackendTag.AUTHENTICATION;
            case BackendMessage.BackendKeyData _ -> BackendTag.BACKEND_KEY_DATA;
            case BackendMessage.BindComplete _ -> BackendTag.BIND_COMPLETE;
            case BackendMessage.CloseComplete _ -> BackendTag.CLOSE_COMPLETE;
            case BackendMessage.CommandComplete _ -> BackendTag.COMMAND_COMPLETE;
            case CopyResponse copy -> copy.direction().tag;
            case BackendMessage.DataRow _ -> BackendTag.DATA_ROW;
            case BackendMessage.EmptyQueryResponse _ -> BackendTag.EMPTY_QUERY_RESPONSE;
            case BackendMessage.ErrorResponse _ -> BackendTag.ERROR_RESPONSE;
            case BackendMessage.FunctionCallResponse _ -> BackendTag.FUNCTION_CALL_RESPONSE;
            case BackendMessage.NegotiateProtocolVersion _ -> BackendTag.NEGOTIATE_PROTOCOL_VERSION;
            case BackendMessage.NoData _ -> BackendTag.NO_DATA;
            case BackendMessage.NoticeResponse _ -> BackendTag.NOTICE_RESPONSE;
            case BackendMessage.NotificationResponse _ -> BackendTag.NOTIFICATION_RESPONSE;
            case BackendMessage.ParameterDescription _ -> BackendTag.PARAMETER_DESCRIPTION;
            case BackendMessage.ParameterStatus _ -> BackendTag.PARAMETER_STATUS;
            case BackendMessage.ParseComplete _ -> BackendTag.PARSE_COMPLETE;
            case BackendMessage.PortalSuspended _ -> BackendTag.PORTAL_SUSPENDED;
            case BackendMessage.ReadyForQuery _ -> BackendTag.READY_FOR_QUERY;
            case BackendMessage.RowDescription _ -> BackendTag.ROW_DESCRIPTION;
            case CopyData _ -> BackendTag.COPY_DATA;
            case CopyDone _ -> BackendTag.COPY_DONE;
        };
    }

    private static void writeBody(BackendMessage message, ByteBuf out) {
        switch (message) {
            case Authentication authentication -> writeAuthentication(authentication, out);
            case BackendMessage.BackendKeyData(CancelKey key) -> {
                out.writeInt(key.processId());
                key.secret().writeTo(out);
            }
            case BackendMessage.CommandComplete(String commandTag) -> BodyWriter.writeText(out, commandTag);
            case CopyResponse copy -> {
                out.writeByte(copy.overall().code());
                FrontendEncoder.writeFormats(copy.columns(), out);
            }
            case BackendMessage.DataRow(List<@Nullable Bytes> values) -> FrontendEncoder.writeValues(values, out);
            case BackendMessage.ErrorResponse(ErrorFields fields) -> ErrorFieldsCodec.write(fields, out);
            case BackendMessage.FunctionCallResponse response -> FrontendEncoder.writeValue(response.value(), out);
            case BackendMessage.NegotiateProtocolVersion negotiation -> writeNegotiation(negotiation, out);
            case BackendMessage.NoticeResponse(ErrorFields fields) -> ErrorFieldsCodec.write(fields, out);
            case BackendMessage.NotificationResponse(int processId, String channel, String payload) -> {
                out.writeInt(processId);
                BodyWriter.writeText(out, channel);
                BodyWriter.writeText(out, payload);
            }
            case BackendMessage.ParameterDescription(List<Integer> types) -> {
                FrontendEncoder.writeCount(types, out);
                types.forEach(out::writeInt);
            }
            case BackendMessage.ParameterStatus(String name, String value) -> {
                BodyWriter.writeText(out, name);
                BodyWriter.writeText(out, value);
            }
            case BackendMessage.ReadyForQuery(TransactionStatus status) -> out.writeByte(status.code());
            case BackendMessage.RowDescription(List<Column> columns) -> writeColumns(columns, out);
            case CopyData(Bytes data) -> data.writeTo(out);
            case CopyDone _,
                    BackendMessage.BindComplete _,
                    BackendMessage.CloseComplete _,
                    BackendMessage.EmptyQueryResponse _,
                    BackendMessage.NoData _,
                    BackendMessage.ParseComplete _,
                    BackendMessage.PortalSuspended _ -> {}
        }
    }

    private static void writeAuthentication(Authentication authentication, ByteBuf out) {
        switch (authentication) {
            case Authentication.Ok _ -> out.writeInt(0);
            case Authentication.CleartextPassword _ -> out.writeInt(3);
            case Authentication.Md5Password(Bytes salt) -> salt.writeTo(out.writeInt(5));
            case Authentication.Sasl(List<String> mechanisms) -> {
                out.writeInt(10);
                mechanisms.forEach(name -> BodyWriter.writeText(out, name));
                out.writeByte(0);
            }
            case Authentication.SaslContinue(Bytes data) -> data.writeTo(out.writeInt(11));
            case Authentication.SaslFinal(Bytes data) -> data.writeTo(out.writeInt(12));
            case Authentication.Unsupported(int code) -> out.writeInt(code);
        }
    }

    private static void writeNegotiation(BackendMessage.NegotiateProtocolVersion negotiation, ByteBuf out) {
        out.writeInt(negotiation.newest().code());
        out.writeInt(negotiation.declinedOptions().size());
        negotiation.declinedOptions().forEach(option -> BodyWriter.writeText(out, option));
    }

    private static void writeColumns(List<Column> columns, ByteBuf out) {
        FrontendEncoder.writeCount(columns, out);
        for (var column : columns) {
            BodyWriter.writeText(out, column.name());
            out.writeInt(column.table());
            out.writeShort(column.attribute());
            out.writeInt(column.type());
            out.writeShort(column.typeSize());
            out.writeInt(column.typeModifier());
            out.writeShort(column.format().code());
        }
    }
}
