package dev.railwaypostgres.playground.conformance.wire;

import dev.railwaypostgres.postgres.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A message as it came. A body may be the end of the connection, which has the tag 0. */
public record ServerMessage(char tag, Bytes body) {
    static final ServerMessage END = new ServerMessage((char) 0, Bytes.EMPTY);

    private static final Map<Character, String> NAMES = Map.ofEntries(
            Map.entry((char) 0, "end"),
            Map.entry('R', "Authentication"),
            Map.entry('K', "BackendKeyData"),
            Map.entry('2', "BindComplete"),
            Map.entry('3', "CloseComplete"),
            Map.entry('C', "CommandComplete"),
            Map.entry('W', "CopyBothResponse"),
            Map.entry('d', "CopyData"),
            Map.entry('c', "CopyDone"),
            Map.entry('G', "CopyInResponse"),
            Map.entry('H', "CopyOutResponse"),
            Map.entry('D', "DataRow"),
            Map.entry('I', "EmptyQueryResponse"),
            Map.entry('E', "ErrorResponse"),
            Map.entry('V', "FunctionCallResponse"),
            Map.entry('v', "NegotiateProtocolVersion"),
            Map.entry('n', "NoData"),
            Map.entry('N', "NoticeResponse"),
            Map.entry('A', "NotificationResponse"),
            Map.entry('t', "ParameterDescription"),
            Map.entry('S', "ParameterStatus"),
            Map.entry('1', "ParseComplete"),
            Map.entry('s', "PortalSuspended"),
            Map.entry('Z', "ReadyForQuery"),
            Map.entry('T', "RowDescription"));

    /** As in Postgres' manual; {@code end} for the end of the connection. */
    String name() {
        return NAMES.getOrDefault(tag, "Unknown '" + tag + "'");
    }

    /** Whether there is a message of that name. */
    public static boolean isName(String name) {
        return NAMES.containsValue(name);
    }

    /** The data of a request for authentication. */
    Bytes withoutCode() {
        var body = read();
        body.int32();
        return Bytes.copyOf(body.rest());
    }

    Body read() {
        return new Body(ByteBuffer.wrap(body.toArray()));
    }

    /** Walks through a body. */
    record Body(ByteBuffer bytes) {
        int int32() {
            return bytes.getInt();
        }

        int int16() {
            return bytes.getShort();
        }

        int count() {
            return bytes.getShort() & 0xFFFF;
        }

        int int8() {
            return bytes.get();
        }

        byte[] bytes(int count) {
            var read = new byte[count];
            bytes.get(read);
            return read;
        }

        byte[] rest() {
            return bytes(bytes.remaining());
        }

        String text() {
            int length = 0;
            while (bytes.get(bytes.position() + length) != 0) {
                length++;
            }
            var text = new String(bytes(length), StandardCharsets.UTF_8);
            bytes.get();
            return text;
        }

        boolean hasMore() {
            return bytes.hasRemaining();
        }
    }
}
