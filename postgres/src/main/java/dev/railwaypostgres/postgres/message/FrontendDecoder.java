package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.FrontendMessage.Arguments;
import dev.railwaypostgres.postgres.message.FrontendMessage.Target;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes bodies of a client's messages apart. All of a body must be there, and nothing more. */
public final class FrontendDecoder {
    private FrontendDecoder() {}

    /**
     * Reads anything but answers to authentication, whose kind no tag tells: for those see the other methods.
     *
     * @throws ProtocolViolation when the body is not what its tag promises
     */
    public static FrontendMessage decode(byte tag, ByteBuf body) {
        var reader = new BodyReader(body);
        var message = read(tag, reader);
        reader.end();
        return message;
    }

    public static FrontendMessage.PasswordMessage decodePassword(ByteBuf body) {
        var reader = new BodyReader(body);
        var message = new FrontendMessage.PasswordMessage(reader.readText());
        reader.end();
        return message;
    }

    public static FrontendMessage.SaslInitialResponse decodeSaslInitialResponse(ByteBuf body) {
        var reader = new BodyReader(body);
        var message = new FrontendMessage.SaslInitialResponse(reader.readText(), readValue(reader));
        reader.end();
        return message;
    }

    public static FrontendMessage.SaslResponse decodeSaslResponse(ByteBuf body) {
        return new FrontendMessage.SaslResponse(new BodyReader(body).readRest());
    }

    private static FrontendMessage read(byte tag, BodyReader in) {
        return switch (tag) {
            case FrontendTag.QUERY -> new FrontendMessage.Query(in.readText());
            case FrontendTag.PARSE -> new FrontendMessage.Parse(in.readText(), in.readText(), readTypes(in));
            case FrontendTag.BIND ->
                new FrontendMessage.Bind(in.readText(), in.readText(), readArguments(in), readFormats(in));
            case FrontendTag.DESCRIBE -> new FrontendMessage.Describe(readTarget(in), in.readText());
            case FrontendTag.EXECUTE -> new FrontendMessage.Execute(in.readText(), in.readInt());
            case FrontendTag.CLOSE -> new FrontendMessage.Close(readTarget(in), in.readText());
            case FrontendTag.SYNC -> new FrontendMessage.Sync();
            case FrontendTag.FLUSH -> new FrontendMessage.Flush();
            case FrontendTag.TERMINATE -> new FrontendMessage.Terminate();
            case FrontendTag.FUNCTION_CALL ->
                new FrontendMessage.FunctionCall(in.readInt(), readArguments(in), Format.ofCode(in.readCount()));
            case FrontendTag.COPY_DATA -> new CopyData(in.readRest());
            case FrontendTag.COPY_DONE -> new CopyDone();
            case FrontendTag.COPY_FAIL -> new FrontendMessage.CopyFail(in.readText());
            default -> throw new ProtocolViolation("invalid frontend message type " + (tag & 0xFF));
        };
    }

    private static Target readTarget(BodyReader in) {
        return switch (in.readByte()) {
            case 'S' -> Target.STATEMENT;
            case 'P' -> Target.PORTAL;
            default -> throw new ProtocolViolation("invalid message subtype");
        };
    }

    static List<Integer> readTypes(BodyReader in) {
        int count = in.readCount();
        var types = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            types.add(in.readInt());
        }
        return types;
    }

    private static Arguments readArguments(BodyReader in) {
        var formats = readFormats(in);
        int count = in.readCount();
        if (formats.size() > 1 && formats.size() != count) {
            throw new ProtocolViolation(
                    "bind message has %d parameter formats but %d parameters".formatted(formats.size(), count));
        }
        return new Arguments(formats, readValues(in, count));
    }

    static List<Format> readFormats(BodyReader in) {
        int count = in.readCount();
        var formats = new ArrayList<Format>();
        for (int i = 0; i < count; i++) {
            formats.add(Format.ofCode(in.readCount()));
        }
        return formats;
    }

    static List<@Nullable Bytes> readValues(BodyReader in, int count) {
        var values = new ArrayList<@Nullable Bytes>();
        for (int i = 0; i < count; i++) {
            values.add(readValue(in));
        }
        return values;
    }

    /** A length of -1 is SQL's NULL, or an absent answer. */
    static @Nullable Bytes readValue(BodyReader in) {
        int length = in.readInt();
        return length == -1 ? null : in.readBytes(length);
    }
}
