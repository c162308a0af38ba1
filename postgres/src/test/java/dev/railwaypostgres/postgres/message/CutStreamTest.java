package dev.railwaypostgres.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a stream arrives, it is the same stream. */
class CutStreamTest {
    private static final Verdict[] ON_BEGIN = {Verdict.PASS, Verdict.LOOK, Verdict.TAKE, Verdict.DROP};
    private static final Verdict[] ON_LOOK = {Verdict.PASS, Verdict.TAKE, Verdict.DROP};

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of(Sender.CLIENT, Recordings.frontend("psql")),
                Arguments.of(Sender.CLIENT, Recordings.frontend("pgbench")),
                Arguments.of(Sender.SERVER, Recordings.backend("psql")),
                Arguments.of(Sender.SERVER, Recordings.backend("pgbench")));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void tellsTheSameForEveryCut(Sender sender, byte[] stream) {
        var whole = story(sender, stream, stream.length);
        for (int cut = 1; cut < stream.length; cut += stream.length > 5_000 ? 13 : 1) {
            assertThat(story(sender, stream, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void tellsTheSameForEveryPieceLength(Sender sender, byte[] stream) {
        var whole = story(sender, stream, stream.length);
        for (int length = 1; length < 40; length++) {
            int step = length;
            var sink = sink();
            feed(sender, sink, stream, _ -> step);
            assertThat(sink.story()).as("pieces of %d", length).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void tellsTheSameForRandomPieces(Sender sender, byte[] stream) {
        var whole = story(sender, stream, stream.length);
        var random = new Random(20_261_124);
        for (int i = 0; i < 200; i++) {
            var sink = sink();
            feed(sender, sink, stream, _ -> 1 + random.nextInt(64));
            assertThat(sink.story()).as("round %d", i).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void losesNoByteOfWhatPasses(Sender sender, byte[] stream) {
        var sink = new RecordingSink();
        feed(sender, sink, stream, position -> position % 11 + 1);
        assertThat(sink.passed.toByteArray()).isEqualTo(stream);
        assertThat(sink.decisions).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void deliversTheSameHoweverOftenItIsStopped(Sender sender, byte[] stream) {
        var whole = sink();
        feed(sender, whole, stream, _ -> stream.length);
        var random = new Random(20_261_124);
        for (int i = 0; i < 100; i++) {
            var sink = sink();
            var onBegin = sink.onBegin;
            var onLook = sink.onLook;
            sink.onBegin = tag -> random.nextInt(3) == 0 ? Verdict.STOP : onBegin.apply(tag);
            sink.onLook = tag -> random.nextInt(3) == 0 ? Verdict.STOP : onLook.apply(tag);
            feed(sender, sink, stream, _ -> 1 + random.nextInt(100));
            assertThat(sink.delivery()).as("round %d", i).isEqualTo(whole.delivery());
        }
    }

    private String story(Sender sender, byte[] stream, int cut) {
        var sink = sink();
        feed(sender, sink, stream, position -> position == 0 ? cut : stream.length);
        return sink.story();
    }

    private void feed(Sender sender, RecordingSink sink, byte[] stream, Pieces pieces) {
        try (var framer = new MessageFramer(sender, sink)) {
            for (int position = 0; position < stream.length; ) {
                int end = Math.min(stream.length, position + pieces.lengthAt(position));
                var in = allocator.buffer().writeBytes(Arrays.copyOfRange(stream, position, end));
                while (!framer.feed(in)) {
                    assertThat(in.refCnt()).as("kept for another try").isPositive();
                }
                assertThat(in.release()).isTrue();
                position = end;
            }
            assertThat(framer.isBetweenMessages()).isTrue();
        }
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    /** Every verdict for some tag, always the same for one tag. */
    private static RecordingSink sink() {
        var sink = new RecordingSink();
        sink.onBegin = tag -> ON_BEGIN[tag % ON_BEGIN.length];
        sink.onLook = tag -> ON_LOOK[tag / 4 % ON_LOOK.length];
        return sink;
    }

    private interface Pieces {
        int lengthAt(int position);
    }
}
