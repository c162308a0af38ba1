package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message from a client, taken apart. Text was read as UTF-8: it is for deciding, not for passing on unchanged. */
public sealed interface FrontendMessage
        permits CopyData,
                CopyDone,
                FrontendMessage.Bind,
                FrontendMessage.Close,
                FrontendMessage.CopyFail,
                FrontendMessage.Describe,
                FrontendMessage.Execute,
                FrontendMessage.Flush,
                FrontendMessage.FunctionCall,
                FrontendMessage.Parse,
                FrontendMessage.PasswordMessage,
                FrontendMessage.Query,
                FrontendMessage.SaslInitialResponse,
                FrontendMessage.SaslResponse,
                FrontendMessage.Sync,
                FrontendMessage.Terminate {
    record Query(String statement) implements FrontendMessage {}

    /** @param name empty for the unnamed statement */
    record Parse(String name, String statement, List<Integer> parameterTypes) implements FrontendMessage {
        public Parse {
            parameterTypes = List.copyOf(parameterTypes);
        }
    }

    /** @param portal and {@code statement}: empty for the unnamed ones */
    record Bind(String portal, String statement, Arguments arguments, List<Format> resultFormats)
            implements FrontendMessage {
        public Bind {
            resultFormats = List.copyOf(resultFormats);
        }
    }

    record Describe(Target target, String name) implements FrontendMessage {}

    /** @param maxRows 0 for all */
    record Execute(String portal, int maxRows) implements FrontendMessage {}

    record Close(Target target, String name) implements FrontendMessage {}

    record Sync() implements FrontendMessage {}

    record Flush() implements FrontendMessage {}

    record Terminate() implements FrontendMessage {}

    record FunctionCall(int functionId, Arguments arguments, Format resultFormat) implements FrontendMessage {}

    record CopyFail(String reason) implements FrontendMessage {}

    /** Also carries MD5 answers, which are text as well. */
    record PasswordMessage(String password) implements FrontendMessage {
        @Override
        public String toString() {
            return "PasswordMessage[***]";
        }
    }

    /** @param data absent when the client lets the server begin */
    record SaslInitialResponse(String mechanism, @Nullable Bytes data) implements FrontendMessage {}

    record SaslResponse(Bytes data) implements FrontendMessage {}

    /** What {@code Describe} and {@code Close} are about. */
    enum Target {
        STATEMENT('S'),
        PORTAL('P');

        final byte code;

        Target(char code) {
            this.code = (byte) code;
        }
    }

    /**
     * Values for a statement or a function.
     *
     * @param formats none: all are text; one: it holds for all; else one for each value
     * @param values null for SQL's NULL
     */
    record Arguments(List<Format> formats, List<@Nullable Bytes> values) {
        public static final Arguments NONE = new Arguments(List.of(), List.of());

        public Arguments {
            formats = List.copyOf(formats);
            values = Collections.unmodifiableList(new ArrayList<@Nullable Bytes>(values));
        }
    }
}
