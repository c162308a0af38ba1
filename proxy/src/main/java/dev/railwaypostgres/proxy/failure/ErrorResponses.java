package dev.railwaypostgres.proxy.failure;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.Severity;
import dev.railwaypostgres.postgres.message.BackendEncoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import io.netty.buffer.ByteBuf;

/** The one place that tells clients of failures. */
public final class ErrorResponses {
    private ErrorResponses() {}

    /** The session ends after it. */
    public static void writeFatal(ProxyFailure failure, ByteBuf out) {
        if (!(failure instanceof ProxyFailure.Violation violation && violation.isUnspoken())) {
            write(Severity.FATAL, failure, out);
        }
    }

    /** The statement ends, the session goes on; the caller adds {@code ReadyForQuery} where the protocol wants one. */
    public static void writeError(ProxyFailure failure, ByteBuf out) {
        write(Severity.ERROR, failure, out);
    }

    public static void writeNotice(String text, ByteBuf out) {
        BackendEncoder.encode(new BackendMessage.NoticeResponse(ErrorFields.notice(text)), out);
    }

    private static void write(Severity severity, ProxyFailure failure, ByteBuf out) {
        var fields = new ErrorFields(severity, failure.sqlState(), failure.clientText(), null, failure.hint());
        BackendEncoder.encode(new BackendMessage.ErrorResponse(fields), out);
    }
}
