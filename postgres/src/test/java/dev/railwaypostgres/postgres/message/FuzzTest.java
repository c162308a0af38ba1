package dev.railwaypostgres.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Any bytes end in messages or in a violation, in nothing else, and leave nothing alive. */
class FuzzTest {
    private static final List<Verdict> VERDICTS = List.of(Verdict.PASS, Verdict.LOOK, Verdict.TAKE, Verdict.DROP);
    private static final byte[] FRONTEND_TAGS = "BCdcfDEHFPQSX".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BACKEND_TAGS = "RK23CWdcGHDIEVvnNAtS1sZT".getBytes(StandardCharsets.US_ASCII);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private int understood;

    @Test
    void decodesAnyBodyOrNamesTheViolation() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            var body = body(random);
            byte[] tags = i % 2 == 0 ? FRONTEND_TAGS : BACKEND_TAGS;
            decode(i % 2 == 0, tags[random.nextInt(tags.length)], body);
        }
        assertThat(understood).isGreaterThan(1_000);
    }

    @Test
    void decodesAnyMutationOfARecordedStreamOrNamesTheViolation() {
        var random = new Random(2);
        for (int i = 0; i < 3_000; i++) {
            var stream = Recordings.backend("pgbench");
            mutate(stream, random);
            frame(Sender.SERVER, stream, random);
            var client = Recordings.frontend("pgbench");
            mutate(client, random);
            frame(Sender.CLIENT, client, random);
        }
        assertThat(understood).isGreaterThan(1_000);
    }

    @RepeatedTest(20)
    void framesAnyBytes(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 500; i++) {
            var bytes = new byte[random.nextInt(500)];
            random.nextBytes(bytes);
            frame(i % 2 == 0 ? Sender.SERVER : Sender.CLIENT, bytes, random);
        }
    }

    private void frame(Sender sender, byte[] stream, Random random) {
        var sink = new DecodingSink(sender, random);
        try (var framer = new MessageFramer(sender, sink)) {
            for (int position = 0; position < stream.length; ) {
                int length = Math.min(1 + random.nextInt(200), stream.length - position);
                var in = allocator.buffer().writeBytes(stream, position, length);
                position += length;
                try {
                    if (!framer.feed(in)) {
                        return;
                    }
                } finally {
                    in.release();
                }
            }
        } catch (ProtocolViolation e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    private void decode(boolean frontend, byte tag, ByteBuf body) {
        try {
            Object message = frontend ? FrontendDecoder.decode(tag, body) : BackendDecoder.decode(tag, body);
            assertThat(message).isNotNull();
            understood++;
        } catch (ProtocolViolation e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void mutate(byte[] stream, Random random) {
        for (int i = random.nextInt(5); i >= 0; i--) {
            stream[random.nextInt(stream.length)] = (byte) random.nextInt();
        }
    }

    /** Full of zeros and small numbers, since those mean something. */
    private static ByteBuf body(Random random) {
        var body = Unpooled.buffer();
        for (int i = random.nextInt(30); i > 0; i--) {
            body.writeByte(random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(3));
        }
        return body;
    }

    private final class DecodingSink implements MessageSink {
        private final Sender sender;
        private final Random random;

        DecodingSink(Sender sender, Random random) {
            this.sender = sender;
            this.random = random;
        }

        @Override
        public Verdict begin(byte tag, int bodyLength) {
            return VERDICTS.get(random.nextInt(4));
        }

        @Override
        public Verdict look(byte tag, ByteBuf body) {
            decode(sender == Sender.CLIENT, tag, body);
            return random.nextInt(100) == 0 ? Verdict.STOP : Verdict.PASS;
        }

        @Override
        public void take(byte tag, ByteBuf body) {
            decode(sender == Sender.CLIENT, tag, body);
        }

        @Override
        public void pass(ByteBuf bytes) {
            bytes.release();
        }
    }
}
