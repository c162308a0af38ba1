package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.Severity;
import dev.railwaypostgres.postgres.message.BackendDecoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.BackendTag;
import dev.railwaypostgres.postgres.message.CopyDone;
import dev.railwaypostgres.postgres.message.FrontendEncoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.socket.Frame;
import dev.railwaypostgres.postgres.socket.MessageChannel;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The simple query protocol over a channel that is logged in. */
final class Session {
    private final MessageChannel channel;

    Session(MessageChannel channel) {
        this.channel = channel;
    }

    /** Something that needs the other side. */
    interface Exchange<T> {
        T run() throws IOException;
    }

    /** Whatever goes wrong with the other side, or with what it says, is a {@link ReplicationFailure}. */
    static <T> T exchange(Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (IOException e) {
            throw new ReplicationFailure.Lost("the connection to the server is lost: " + e.getMessage(), e);
        } catch (ProtocolViolation | IllegalArgumentException e) {
            throw new ReplicationFailure.Lost("the server does not speak the protocol: " + e.getMessage(), e);
        }
    }

    void send(FrontendMessage message) throws IOException {
        channel.send(out -> FrontendEncoder.encode(message, out));
    }

    void sendCopy(Consumer<ByteBuf> writer) throws IOException {
        channel.send(out -> {
            out.writeByte(FrontendTag.COPY_DATA);
            int lengthIndex = out.writerIndex();
            out.writeInt(0);
            writer.accept(out);
            out.setInt(lengthIndex, out.writerIndex() - lengthIndex);
        });
    }

    /** Runs a command to its end; what it answers in several results comes as one list. */
    List<Row> run(String command) throws IOException {
        send(new FrontendMessage.Query(command));
        return rows(next());
    }

    /** Reads on to where the server is ready for a command. */
    List<Row> rows(Frame first) throws IOException {
        var rows = new ArrayList<Row>();
        for (var frame = first; frame.tag() != BackendTag.READY_FOR_QUERY; frame = next()) {
            switch (frame.tag()) {
                case BackendTag.DATA_ROW -> rows.add(row(frame));
                case BackendTag.ROW_DESCRIPTION,
                        BackendTag.COMMAND_COMPLETE,
                        BackendTag.COPY_DONE,
                        BackendTag.EMPTY_QUERY_RESPONSE -> {}
                default -> throw unexpected(frame);
            }
        }
        return rows;
    }

    /** Reads the rows of one result, which is followed by something else. */
    List<Row> oneResult(Frame description) throws IOException {
        expect(BackendTag.ROW_DESCRIPTION, description);
        var rows = new ArrayList<Row>();
        var frame = next();
        for (; frame.tag() == BackendTag.DATA_ROW; frame = next()) {
            rows.add(row(frame));
        }
        expect(BackendTag.COMMAND_COMPLETE, frame);
        return rows;
    }

    /**
     * The next message that means something here.
     *
     * @throws ReplicationFailure.Refused when it is an error; the server is then ready for a command, if it was no fatal one
     */
    Frame next() throws IOException {
        while (true) {
            var frame = channel.next();
            switch (frame.tag()) {
                case BackendTag.NOTICE_RESPONSE, BackendTag.PARAMETER_STATUS -> {}
                case BackendTag.ERROR_RESPONSE -> throw refusal(frame);
                default -> {
                    return frame;
                }
            }
        }
    }

    private ReplicationFailure refusal(Frame frame) throws IOException {
        var fields = errorFields(frame);
        if (fields.severity() == Severity.ERROR) {
            byte tag = 0;
            while (tag != BackendTag.READY_FOR_QUERY) {
                tag = channel.next().tag();
            }
        }
        return new ReplicationFailure.Refused(fields);
    }

    static ErrorFields errorFields(Frame frame) {
        return switch (BackendDecoder.decode(frame.tag(), frame.body())) {
            case BackendMessage.ErrorResponse(ErrorFields fields) -> fields;
            default -> throw unexpected(frame);
        };
    }

    private static Row row(Frame frame) {
        return switch (BackendDecoder.decode(frame.tag(), frame.body())) {
            case BackendMessage.DataRow row -> new Row(row.values());
            default -> throw unexpected(frame);
        };
    }

    static void expect(byte tag, Frame frame) {
        if (frame.tag() != tag) {
            throw unexpected(frame);
        }
    }

    static ProtocolViolation unexpected(Frame frame) {
        return new ProtocolViolation("unexpected message type " + (frame.tag() & 0xFF));
    }

    void endCopy() throws IOException {
        send(new CopyDone());
    }

    void close() throws IOException {
        try {
            channel.offer(out -> FrontendEncoder.encode(new FrontendMessage.Terminate(), out));
        } finally {
            channel.close();
        }
    }
}
