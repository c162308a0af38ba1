package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.BodyWriter;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.Severity;
import dev.railwaypostgres.postgres.SqlState;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Errors and notices: text fields, each behind a letter. */
final class ErrorFieldsCodec {
    private ErrorFieldsCodec() {}

    static ErrorFields read(BodyReader in) {
        var fields = new HashMap<Character, String>();
        for (byte letter = in.readByte(); letter != 0; letter = in.readByte()) {
            fields.put((char) letter, in.readText());
        }
        return new ErrorFields(
                severity(fields), sqlState(fields), fields.getOrDefault('M', ""), fields.get('D'), fields.get('H'));
    }

    /** {@code V} is never translated, but servers before 9.6 do not send it. */
    private static Severity severity(Map<Character, String> fields) {
        var name = fields.getOrDefault('V', fields.getOrDefault('S', "ERROR"));
        for (var severity : Severity.values()) {
            if (severity.name().equals(name)) {
                return severity;
            }
        }
        return Severity.ERROR;
    }

    private static SqlState sqlState(Map<Character, String> fields) {
        try {
            return new SqlState(fields.getOrDefault('C', SqlState.INTERNAL_ERROR.code()));
        } catch (IllegalArgumentException e) {
            throw new ProtocolViolation("invalid error code in message");
        }
    }

    static void write(ErrorFields fields, ByteBuf out) {
        writeField('S', fields.severity().name(), out);
        writeField('V', fields.severity().name(), out);
        writeField('C', fields.sqlState().code(), out);
        writeField('M', fields.message(), out);
        writeField('D', fields.detail(), out);
        writeField('H', fields.hint(), out);
        out.writeByte(0);
    }

    private static void writeField(char letter, @Nullable String text, ByteBuf out) {
        if (text != null) {
            out.writeByte(letter);
            BodyWriter.writeText(out, text);
        }
    }
}
