package dev.railwaypostgres.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real programs say to each other is understood, and written again byte for byte. */
class RecordedMessagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"psql", "pgbench"})
    void writesAClientsMessagesAsTheyWere(String name) {
        var stream = Unpooled.wrappedBuffer(Recordings.frontend(name));
        var again = Unpooled.buffer();
        while (stream.isReadable()) {
            byte tag = stream.readByte();
            var body = stream.readSlice(stream.readInt() - 4);
            if (tag == FrontendTag.PASSWORD) {
                again.writeByte(tag).writeInt(body.readableBytes() + 4).writeBytes(body);
            } else {
                FrontendEncoder.encode(FrontendDecoder.decode(tag, body), again);
            }
        }
        assertThat(Bytes.copyOf(again).toArray()).isEqualTo(Recordings.frontend(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"psql", "pgbench"})
    void writesAServersMessagesAsTheyWere(String name) {
        var stream = Unpooled.wrappedBuffer(Recordings.backend(name));
        while (stream.isReadable()) {
            int start = stream.readerIndex();
            byte tag = stream.readByte();
            var body = stream.readSlice(stream.readInt() - 4);
            var message = BackendDecoder.decode(tag, body);
            if (!isReport(message)) {
                var again = Unpooled.buffer();
                BackendEncoder.encode(message, again);
                assertThat(again).isEqualTo(stream.slice(start, stream.readerIndex() - start));
            }
        }
    }

    @Test
    void readsWhatPostgresReports() {
        var errors = new ArrayList<String>();
        for (var message : backend("psql")) {
            switch (message) {
                case BackendMessage.ErrorResponse(var fields) ->
                    errors.add(fields.severity() + " " + fields.sqlState() + " " + fields.message());
                case BackendMessage.NoticeResponse(var fields) ->
                    errors.add(fields.severity() + " " + fields.sqlState() + " " + fields.message());
                default -> {}
            }
        }
        assertThat(errors).contains("ERROR 22012 division by zero", "NOTICE 00000 hello 1");
    }

    /** Reports lose the fields that nobody here reads, such as the line of Postgres' source. */
    private static boolean isReport(BackendMessage message) {
        return message instanceof BackendMessage.ErrorResponse || message instanceof BackendMessage.NoticeResponse;
    }

    private static List<BackendMessage> backend(String name) {
        var messages = new ArrayList<BackendMessage>();
        ByteBuf stream = Unpooled.wrappedBuffer(Recordings.backend(name));
        while (stream.isReadable()) {
            byte tag = stream.readByte();
            messages.add(BackendDecoder.decode(tag, stream.readSlice(stream.readInt() - 4)));
        }
        return messages;
    }
}
