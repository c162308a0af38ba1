package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.TransactionStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message from a server, taken apart. */
public sealed interface BackendMessage
        permits Authentication,
                BackendMessage.BackendKeyData,
                BackendMessage.BindComplete,
                BackendMessage.CloseComplete,
                BackendMessage.CommandComplete,
                BackendMessage.CopyResponse,
                BackendMessage.DataRow,
                BackendMessage.EmptyQueryResponse,
                BackendMessage.ErrorResponse,
                BackendMessage.FunctionCallResponse,
                BackendMessage.NegotiateProtocolVersion,
                BackendMessage.NoData,
                BackendMessage.NoticeResponse,
                BackendMessage.NotificationResponse,
                BackendMessage.ParameterDescription,
                BackendMessage.ParameterStatus,
                BackendMessage.ParseComplete,
                BackendMessage.PortalSuspended,
                BackendMessage.ReadyForQuery,
                BackendMessage.RowDescription,
                CopyData,
                CopyDone {

    record BackendKeyData(CancelKey key) implements BackendMessage {}

    record BindComplete() implements BackendMessage {}

    record CloseComplete() implements BackendMessage {}

    /** @param commandTag {@code SELECT 5}, {@code BEGIN}, … */
    record CommandComplete(String commandTag) implements BackendMessage {}

    /** A {@code COPY} begins. */
    record CopyResponse(Direction direction, Format overall, List<Format> columns) implements BackendMessage {
        public CopyResponse {
            columns = List.copyOf(columns);
        }

        /** As the server sees it. {@code BOTH} is replication. */
        public enum Direction {
            IN(BackendTag.COPY_IN_RESPONSE),
            OUT(BackendTag.COPY_OUT_RESPONSE),
            BOTH(BackendTag.COPY_BOTH_RESPONSE);

            final byte tag;

            Direction(byte tag) {
                this.tag = tag;
            }
        }
    }

    /** @param values null for SQL's NULL */
    record DataRow(List<@Nullable Bytes> values) implements BackendMessage {
        // Not compact: javac forgets in a compact constructor's class file that values may be null.
        public DataRow(List<@Nullable Bytes> values) {
            this.values = Collections.unmodifiableList(new ArrayList<@Nullable Bytes>(values));
        }
    }

    record EmptyQueryResponse() implements BackendMessage {}

    record ErrorResponse(ErrorFields fields) implements BackendMessage {}

    /** @param value null for SQL's NULL */
    record FunctionCallResponse(@Nullable Bytes value) implements BackendMessage {}

    /** @param newest minor version the server speaks; {@code declinedOptions} are those of the client it does not know */
    record NegotiateProtocolVersion(ProtocolVersion newest, List<String> declinedOptions) implements BackendMessage {
        public NegotiateProtocolVersion {
            declinedOptions = List.copyOf(declinedOptions);
        }
    }

    record NoData() implements BackendMessage {}

    record NoticeResponse(ErrorFields fields) implements BackendMessage {}

    record NotificationResponse(int processId, String channel, String payload) implements BackendMessage {}

    record ParameterDescription(List<Integer> types) implements BackendMessage {
        public ParameterDescription {
            types = List.copyOf(types);
        }
    }

    record ParameterStatus(String name, String value) implements BackendMessage {}

    record ParseComplete() implements BackendMessage {}

    record PortalSuspended() implements BackendMessage {}

    record ReadyForQuery(TransactionStatus status) implements BackendMessage {}

    record RowDescription(List<Column> columns) implements BackendMessage {
        public RowDescription {
            columns = List.copyOf(columns);
        }
    }
}
