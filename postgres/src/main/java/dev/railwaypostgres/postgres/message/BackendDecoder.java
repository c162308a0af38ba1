package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendMessage.CopyResponse;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Takes bodies of a server's messages apart. All of a body must be there, and nothing more. */
public final class BackendDecoder {
    private BackendDecoder() {}

    /**
     * @throws ProtocolViolation when the tag is unknown, or the body is not what it promises
     */
    public static BackendMessage decode(byte tag, ByteBuf body) {
        var reader = new BodyReader(body);
        var message = read(tag, reader);
        reader.end();
        return message;
    }

    private static BackendMessage read(byte tag, BodyReader in) {
        return switch (tag) {
            case BackendTag.AUTHENTICATION -> readAuthentication(in);
            case BackendTag.BACKEND_KEY_DATA -> readBackendKeyData(in);
            case BackendTag.BIND_COMPLETE -> new BackendMessage.BindComplete();
            case BackendTag.CLOSE_COMPLETE -> new BackendMessage.CloseComplete();
            case BackendTag.COMMAND_COMPLETE -> new BackendMessage.CommandComplete(in.readText());
            case BackendTag.COPY_BOTH_RESPONSE -> readCopy(CopyResponse.Direction.BOTH, in);
            case BackendTag.COPY_DATA -> new CopyData(in.readRest());
            case BackendTag.COPY_DONE -> new CopyDone();
            case BackendTag.COPY_IN_RESPONSE -> readCopy(CopyResponse.Direction.IN, in);
            case BackendTag.COPY_OUT_RESPONSE -> readCopy(CopyResponse.Direction.OUT, in);
            case BackendTag.DATA_ROW -> new BackendMessage.DataRow(FrontendDecoder.readValues(in, in.readCount()));
            case BackendTag.EMPTY_QUERY_RESPONSE -> new BackendMessage.EmptyQueryResponse();
            case BackendTag.ERROR_RESPONSE -> new BackendMessage.ErrorResponse(ErrorFieldsCodec.read(in));
            case BackendTag.FUNCTION_CALL_RESPONSE ->
                new BackendMessage.FunctionCallResponse(FrontendDecoder.readValue(in));
            case BackendTag.NEGOTIATE_PROTOCOL_VERSION -> readNegotiation(in);
            case BackendTag.NO_DATA -> new BackendMessage.NoData();
            case BackendTag.NOTICE_RESPONSE -> new BackendMessage.NoticeResponse(ErrorFieldsCodec.read(in));
            case BackendTag.NOTIFICATION_RESPONSE ->
                new BackendMessage.NotificationResponse(in.readInt(), in.readText(), in.readText());
            case BackendTag.PARAMETER_DESCRIPTION ->
                new BackendMessage.ParameterDescription(FrontendDecoder.readTypes(in));
            case BackendTag.PARAMETER_STATUS -> new BackendMessage.ParameterStatus(in.readText(), in.readText());
            case BackendTag.PARSE_COMPLETE -> new BackendMessage.ParseComplete();
            case BackendTag.PORTAL_SUSPENDED -> new BackendMessage.PortalSuspended();
            case BackendTag.READY_FOR_QUERY ->
                new BackendMessage.ReadyForQuery(TransactionStatus.ofCode(in.readByte()));
            case BackendTag.ROW_DESCRIPTION -> readRowDescription(in);
            default -> throw new ProtocolViolation("invalid backend message type " + (tag & 0xFF));
        };
    }

    private static Authentication readAuthentication(BodyReader in) {
        int code = in.readInt();
        return switch (code) {
            case 0 -> new Authentication.Ok();
            case 3 -> new Authentication.CleartextPassword();
            case 5 -> new Authentication.Md5Password(in.readBytes(4));
            case 10 -> new Authentication.Sasl(readTexts(in));
            case 11 -> new Authentication.SaslContinue(in.readRest());
            case 12 -> new Authentication.SaslFinal(in.readRest());
            default -> {
                in.readRest();
                yield new Authentication.Unsupported(code);
            }
        };
    }

    private static List<String> readTexts(BodyReader in) {
        var texts = new ArrayList<String>();
        for (var text = in.readText(); !text.isEmpty(); text = in.readText()) {
            texts.add(text);
        }
        return texts;
    }

    private static BackendMessage readBackendKeyData(BodyReader in) {
        int processId = in.readInt();
        if (in.remaining() == 0 || in.remaining() > CancelKey.MAX_SECRET_LENGTH) {
            throw new ProtocolViolation("invalid length of cancel key");
        }
        return new BackendMessage.BackendKeyData(new CancelKey(processId, in.readRest()));
    }

    private static CopyResponse readCopy(CopyResponse.Direction direction, BodyReader in) {
        return new CopyResponse(direction, Format.ofCode(in.readByte()), FrontendDecoder.readFormats(in));
    }

    private static BackendMessage readNegotiation(BodyReader in) {
        var newest = ProtocolVersion.ofCode(in.readInt());
        int count = in.readInt();
        var declined = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            declined.add(in.readText());
        }
        return new BackendMessage.NegotiateProtocolVersion(newest, declined);
    }

    private static BackendMessage readRowDescription(BodyReader in) {
        int count = in.readCount();
        var columns = new ArrayList<Column>();
        for (int i = 0; i < count; i++) {
            columns.add(new Column(
                    in.readText(),
                    in.readInt(),
                    in.readShort(),
                    in.readInt(),
                    in.readShort(),
                    in.readInt(),
                    Format.ofCode(in.readCount())));
        }
        return new BackendMessage.RowDescription(columns);
    }
}
