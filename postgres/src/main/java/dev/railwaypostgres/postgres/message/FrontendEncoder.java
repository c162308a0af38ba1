package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.BodyWriter;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.message.FrontendMessage.Arguments;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a client's messages. */
public final class FrontendEncoder {
    private FrontendEncoder() {}

    /**
     * @throws IllegalArgumentException when text holds a zero character, or a list is too long for its count
     */
    public static void encode(FrontendMessage message, ByteBuf out) {
        out.writeByte(tag(message));
        int lengthIndex = out.writerIndex();
        out.writeInt(0);
        writeBody(message, out);
        BodyWriter.patchLength(out, lengthIndex);
    }

    private static byte tag(FrontendMessage message) {
        return switch (message) {
            case FrontendMessage.Query _ -> FrontendTag.QUERY;
            case FrontendMessage.Parse _ -> FrontendTag.PARSE;
            case FrontendMessage.Bind _ -> FrontendTag.BIND;
            case FrontendMessage.Describe _ -> FrontendTag.DESCRIBE;
            case FrontendMessage.Execute _ -> FrontendTag.EXECUTE;
            case FrontendMessage.Close _ -> FrontendTag.CLOSE;
            case FrontendMessage.Sync _ -> FrontendTag.SYNC;
            case FrontendMessage.Flush _ -> FrontendTag.FLUSH;
            case FrontendMessage.Terminate _ -> FrontendTag.TERMINATE;
            case FrontendMessage.FunctionCall _ -> FrontendTag.FUNCTION_CALL;
            case FrontendMessage.CopyFail _ -> FrontendTag.COPY_FAIL;
            case FrontendMessage.PasswordMessage _,
                    FrontendMessage.SaslInitialResponse _,
                    FrontendMessage.SaslResponse _ -> FrontendTag.PASSWORD;
            case CopyData _ -> FrontendTag.COPY_DATA;
            case CopyDone _ -> FrontendTag.COPY_DONE;
        };
    }

    private static void writeBody(FrontendMessage message, ByteBuf out) {
        switch (message) {
            case FrontendMessage.Query(String statement) -> BodyWriter.writeText(out, statement);
            case FrontendMessage.Parse parse -> writeParse(parse, out);
            case FrontendMessage.Bind bind -> writeBind(bind, out);
            case FrontendMessage.Describe(var target, String name) -> writeTarget(target, name, out);
            case FrontendMessage.Execute(String portal, int maxRows) -> {
                BodyWriter.writeText(out, portal);
                out.writeInt(maxRows);
            }
            case FrontendMessage.Close(var target, String name) -> writeTarget(target, name, out);
            case FrontendMessage.FunctionCall call -> writeFunctionCall(call, out);
            case FrontendMessage.CopyFail(String reason) -> BodyWriter.writeText(out, reason);
            case FrontendMessage.PasswordMessage(String password) -> BodyWriter.writeText(out, password);
            case FrontendMessage.SaslInitialResponse initial -> {
                BodyWriter.writeText(out, initial.mechanism());
                writeValue(initial.data(), out);
            }
            case FrontendMessage.SaslResponse(Bytes data) -> data.writeTo(out);
            case CopyData(Bytes data) -> data.writeTo(out);
            case CopyDone _, FrontendMessage.Sync _, FrontendMessage.Flush _, FrontendMessage.Terminate _ -> {}
        }
    }

    private static void writeParse(FrontendMessage.Parse parse, ByteBuf out) {
        BodyWriter.writeText(out, parse.name());
        BodyWriter.writeText(out, parse.statement());
        writeCount(parse.parameterTypes(), out);
        parse.parameterTypes().forEach(out::writeInt);
    }

    private static void writeBind(FrontendMessage.Bind bind, ByteBuf out) {
        BodyWriter.writeText(out, bind.portal());
        BodyWriter.writeText(out, bind.statement());
        writeArguments(bind.arguments(), out);
        writeFormats(bind.resultFormats(), out);
    }

    private static void writeFunctionCall(FrontendMessage.FunctionCall call, ByteBuf out) {
        out.writeInt(call.functionId());
        writeArguments(call.arguments(), out);
        out.writeShort(call.resultFormat().code());
    }

    private static void writeTarget(FrontendMessage.Target target, String name, ByteBuf out) {
        out.writeByte(target.code);
        BodyWriter.writeText(out, name);
    }

    private static void writeArguments(Arguments arguments, ByteBuf out) {
        writeFormats(arguments.formats(), out);
        writeValues(arguments.values(), out);
    }

    static void writeFormats(List<Format> formats, ByteBuf out) {
        writeCount(formats, out);
        formats.forEach(format -> out.writeShort(format.code()));
    }

    static void writeValues(List<@Nullable Bytes> values, ByteBuf out) {
        writeCount(values, out);
        for (var value : values) {
            writeValue(value, out);
        }
    }

    static void writeValue(@Nullable Bytes value, ByteBuf out) {
        if (value == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(value.length());
            value.writeTo(out);
        }
    }

    static void writeCount(List<?> list, ByteBuf out) {
        if (list.size() > 0xFFFF) {
            throw new IllegalArgumentException("counts on the wire have 16 bits");
        }
        out.writeShort(list.size());
    }
}
