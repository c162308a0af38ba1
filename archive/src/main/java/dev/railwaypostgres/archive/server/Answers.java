package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.BodyWriter;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendEncoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.BackendMessage.CopyResponse;
import dev.railwaypostgres.postgres.message.BackendTag;
import dev.railwaypostgres.postgres.message.Column;
import dev.railwaypostgres.postgres.message.CopyDone;
import dev.railwaypostgres.postgres.message.Format;
import dev.railwaypostgres.postgres.socket.MessageChannel;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a walsender says, in whole answers. */
final class Answers {
    private static final BackendMessage READY = new BackendMessage.ReadyForQuery(TransactionStatus.IDLE);

    private final MessageChannel channel;

    Answers(MessageChannel channel) {
        this.channel = channel;
    }

    /** Columns of text, and rows of as many values; null is NULL. */
    record Table(List<String> columns, List<List<@Nullable Bytes>> rows, String tag) {
        static Table of(String... columns) {
            return new Table(List.of(columns), List.of(), "SELECT");
        }

        Table completedBy(String other) {
            return new Table(columns, rows, other);
        }

        Table row(@Nullable String... values) {
            var bytes = new ArrayList<@Nullable Bytes>();
            for (var value : values) {
                bytes.add(value == null ? null : Bytes.of(value));
            }
            return rowOf(bytes);
        }

        Table rowOf(List<@Nullable Bytes> values) {
            var more = new ArrayList<>(rows);
            more.add(values);
            return new Table(columns, more, tag);
        }

        private List<BackendMessage> messages() {
            var messages = new ArrayList<BackendMessage>();
            messages.add(new BackendMessage.RowDescription(
                    columns.stream().map(Column::text).toList()));
            for (List<@Nullable Bytes> row : rows) {
                messages.add(new BackendMessage.DataRow(row));
            }
            messages.add(new BackendMessage.CommandComplete(tag));
            return messages;
        }
    }

    void send(BackendMessage... messages) throws IOException {
        send(Arrays.asList(messages));
    }

    private void send(List<BackendMessage> messages) throws IOException {
        channel.send(out -> messages.forEach(message -> BackendEncoder.encode(message, out)));
    }

    void send(Table table) throws IOException {
        send(table.messages());
    }

    void copyBegins(CopyResponse.Direction direction) throws IOException {
        send(new CopyResponse(direction, Format.TEXT, List.of()));
    }

    void copyEnds() throws IOException {
        send(new CopyDone());
    }

    /** One message of a copy. */
    void copy(Consumer<ByteBuf> writer) throws IOException {
        channel.send(out -> {
            out.writeByte(BackendTag.COPY_DATA);
            int lengthIndex = out.writerIndex();
            out.writeInt(0);
            writer.accept(out);
            BodyWriter.patchLength(out, lengthIndex);
        });
    }

    /** The whole answer to a command whose result is a table. Completed once: clients take the last result as the answer. */
    void answer(Table table, String tag) throws IOException {
        send(table.completedBy(tag));
        ready();
    }

    /** The end of a command that worked. */
    void done(String tag) throws IOException {
        send(new BackendMessage.CommandComplete(tag), READY);
    }

    void refuse(Refusal refusal) throws IOException {
        send(new BackendMessage.ErrorResponse(refusal.fields()), READY);
    }

    void ready() throws IOException {
        send(READY);
    }
}
