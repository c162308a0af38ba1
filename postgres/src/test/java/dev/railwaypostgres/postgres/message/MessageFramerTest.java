package dev.railwaypostgres.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFramerTest {
    private static final byte[] SYNC = {'S', 0, 0, 0, 4};

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final RecordingSink sink = new RecordingSink();
    private final MessageFramer framer = new MessageFramer(Sender.CLIENT, sink);

    @AfterEach
    void nothingIsLeftAlive() {
        framer.close();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void passesABufferOfWholeMessagesAsTheSameBuffer() {
        var passed = new ArrayList<ByteBuf>();
        var in = wire(query("a"), query("b"));
        try (var passing = new MessageFramer(Sender.CLIENT, new PassingSink(passed::add))) {
            assertThat(passing.feed(in)).isTrue();
        }
        assertThat(passed).hasSize(1);
        assertThat(passed.getFirst()).isSameAs(in);
        assertThat(in.refCnt()).isEqualTo(2);
        assertThat(in.readableBytes()).isEqualTo(14);
        in.release(2);
    }

    @Test
    void passesTheMiddleOfABodyAsTheSameBuffer() {
        var passed = new ArrayList<ByteBuf>();
        try (var passing = new MessageFramer(Sender.CLIENT, new PassingSink(passed::add))) {
            feed(passing, allocator.buffer().writeByte('d').writeInt(1_000));
            var middle = allocator.buffer().writeZero(500);
            passing.feed(middle);
            assertThat(passing.isBetweenMessages()).isFalse();
            feed(passing, allocator.buffer().writeZero(496));
            assertThat(passing.isBetweenMessages()).isTrue();
            assertThat(passed.get(1)).isSameAs(middle);
            middle.release();
        }
        assertThat(passed)
                .hasSize(3)
                .allSatisfy(buffer -> assertThat(buffer.release()).isTrue());
    }

    @Test
    void passesAMessageAsSoonAsItsHeaderIsWhole() {
        feed(allocator.buffer().writeByte('d').writeShort(0));
        assertThat(sink.order).isEmpty();
        feed(allocator.buffer().writeShort(9).writeByte(1));
        assertThat(sink.story()).isEqualTo("begin d 5\n\npass 640000000901");
    }

    @Test
    void showsAWholeMessageAndLetsItStayInItsRun() {
        sink.onBegin = tag -> tag == 'S' ? Verdict.LOOK : Verdict.PASS;
        feed(wire(query("a"), sync()));
        assertThat(sink.decisions).containsExactly("begin Q 2", "begin S 0", "look S ");
        assertThat(sink.order).hasSize(1);
    }

    @Test
    void handsOverAMessageAfterAllBeforeItHasPassed() {
        sink.onBegin = tag -> tag == 'S' ? Verdict.TAKE : Verdict.PASS;
        feed(wire(query("a"), sync(), query("b")));
        assertThat(sink.order).containsExactly("pass 51000000066100", "take S ", "pass 51000000066200");
    }

    @Test
    void handsOverWhatALookAsksFor() {
        sink.onBegin = _ -> Verdict.LOOK;
        sink.onLook = tag -> tag == 'Q' ? Verdict.TAKE : Verdict.PASS;
        feed(wire(sync(), query("a")));
        assertThat(sink.order).containsExactly("pass 5300000004", "take Q 6100");
    }

    @Test
    void handsOverTheBeginningAndPassesTheRest() {
        sink.onBegin = tag -> tag == 'Q' ? Verdict.TAKE : Verdict.PASS;
        sink.shown = 3;
        feed(wire(sync(), query("abcdef"), sync()));
        assertThat(sink.order).containsExactly("pass 5300000004", "take Q 616263", "pass 646566005300000004");
    }

    @Test
    void handsOverTheBeginningOfAMessageThatComesInPieces() {
        sink.onBegin = tag -> tag == 'Q' ? Verdict.LOOK : Verdict.PASS;
        sink.onLook = _ -> Verdict.TAKE;
        sink.shown = 3;
        var message = wire(query("abcdef"), sync());
        feed(allocator.buffer().writeBytes(message, 7));
        assertThat(sink.order).isEmpty();
        feed(allocator.buffer().writeBytes(message, 2));
        assertThat(framer.isBetweenMessages()).isFalse();
        feed(message);
        assertThat(sink.order).containsExactly("take Q 616263", "pass 64", "pass 6566005300000004");
    }

    @Test
    void passesAMessageWholeOfWhichTheBeginningWasShown() {
        sink.onBegin = tag -> tag == 'Q' ? Verdict.LOOK : Verdict.PASS;
        sink.shown = 3;
        feed(wire(query("abcdef"), sync()));
        assertThat(sink.decisions).contains("look Q 616263");
        assertThat(sink.order).hasSize(1);
    }

    @Test
    void dropsAMessageWholeOfWhichTheBeginningWasShown() {
        sink.onBegin = tag -> tag == 'Q' ? Verdict.LOOK : Verdict.PASS;
        sink.onLook = _ -> Verdict.DROP;
        sink.shown = 3;
        var message = wire(query("abcdef"), sync());
        feed(allocator.buffer().writeBytes(message, 9));
        assertThat(framer.isBetweenMessages()).isTrue();
        feed(message);
        assertThat(sink.order).containsExactly("pass 5300000004");
    }

    @Test
    void dropsUnseen() {
        sink.onBegin = tag -> tag == 'd' ? Verdict.DROP : Verdict.PASS;
        feed(wire(sync()).writeByte('d').writeInt(104).writeZero(50));
        assertThat(framer.isBetweenMessages()).isTrue();
        feed(allocator.buffer().writeZero(50).writeBytes(SYNC));
        assertThat(sink.story()).endsWith("\npass 53000000045300000004");
    }

    @Test
    void stopsBeforeAMessageAndGoesOnWithIt() {
        sink.onBegin = tag -> tag == 'S' ? Verdict.STOP : Verdict.PASS;
        var in = wire(query("a"), sync(), query("b"));
        assertThat(framer.feed(in)).isFalse();
        assertThat(sink.order).containsExactly("pass 51000000066100");
        assertThat(in.readableBytes()).isEqualTo(12);
        sink.onBegin = _ -> Verdict.PASS;
        assertThat(framer.feed(in)).isTrue();
        in.release();
        assertThat(sink.order).containsExactly("pass 51000000066100", "pass 530000000451000000066200");
    }

    @Test
    void stopsAfterALookAndShowsTheMessageAgain() {
        sink.onBegin = _ -> Verdict.LOOK;
        sink.onLook = _ -> Verdict.STOP;
        var in = wire(query("a"));
        assertThat(framer.feed(in)).isFalse();
        assertThat(in.readableBytes()).isEqualTo(7);
        sink.onLook = _ -> Verdict.PASS;
        assertThat(framer.feed(in)).isTrue();
        in.release();
        assertThat(sink.story()).isEqualTo("""
                begin Q 2
                look Q 6100
                begin Q 2
                look Q 6100

                pass 51000000066100""");
    }

    @Test
    void goesOnWithAStoppedMessageThatCameInTwoPieces() {
        sink.onBegin = _ -> Verdict.LOOK;
        sink.onLook = _ -> Verdict.STOP;
        var message = wire(query("a"));
        feed(allocator.buffer().writeBytes(message, 3));
        assertThat(framer.feed(message)).isFalse();
        assertThat(message.isReadable()).isFalse();
        sink.onLook = _ -> Verdict.PASS;
        assertThat(framer.feed(message)).isTrue();
        message.release();
        assertThat(sink.order).containsExactly("pass 51000000066100");
    }

    @Test
    void allocatesByWhatHasComeAndNotByWhatAHeaderClaims() {
        sink.onBegin = _ -> Verdict.LOOK;
        feed(allocator.buffer().writeByte('Q').writeInt(1 << 29).writeZero(1_000));
        assertThat(allocator.metric().usedHeapMemory()).isLessThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, -1, Integer.MIN_VALUE, (1 << 30) - 1, Integer.MAX_VALUE})
    void refusesImpossibleLengthsAfterPassingWhatCameBefore(int length) {
        var in = wire(sync()).writeByte('Q').writeInt(length);
        assertThatThrownBy(() -> framer.feed(in))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("invalid message length");
        in.release();
        assertThat(sink.order).containsExactly("pass 5300000004");
    }

    @Test
    void refusesTagsThatNoClientSends() {
        var in = wire(sync()).writeByte('!').writeInt(4);
        assertThatThrownBy(() -> framer.feed(in))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("invalid frontend message type 33");
        in.release();
    }

    @Test
    void refusesLongMessagesOfTagsThatAreAlwaysShort() {
        var in = allocator.buffer().writeByte('S').writeInt(10_001);
        assertThatThrownBy(() -> framer.feed(in)).isInstanceOf(ProtocolViolation.class);
        in.release();
    }

    @Test
    void takesAnyTagFromAServer() {
        try (var server = new MessageFramer(Sender.SERVER, sink)) {
            feed(server, allocator.buffer().writeByte('!').writeInt(4));
        }
        assertThat(sink.decisions).containsExactly("begin ! 0");
    }

    @Test
    void survivesLengthsNearTheLimitOfNumbers() {
        sink.onBegin = _ -> Verdict.LOOK;
        try (var server = new MessageFramer(Sender.SERVER, sink)) {
            feed(
                    server,
                    allocator
                            .buffer()
                            .writeByte('D')
                            .writeInt(Integer.MAX_VALUE - 5)
                            .writeZero(10));
            var tooLong = allocator.buffer().writeByte('D').writeInt(Integer.MAX_VALUE);
            try (var other = new MessageFramer(Sender.SERVER, sink)) {
                assertThatThrownBy(() -> other.feed(tooLong)).isInstanceOf(ProtocolViolation.class);
            }
            tooLong.release();
        }
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void canBeClosedByItsSinkAtAnyMoment(Verdict verdict) {
        sink.onBegin = _ -> {
            framer.close();
            return verdict;
        };
        sink.onLook = _ -> Verdict.TAKE;
        feed(allocator.buffer().writeByte('S'));
        feed(allocator.buffer().writeInt(4).writeBytes(SYNC));
        feed(wire(sync()));
        assertThat(sink.decisions).filteredOn(line -> line.startsWith("begin")).hasSize(1);
    }

    @Test
    void refusesToShowAMessageForEver() {
        sink.onBegin = _ -> Verdict.LOOK;
        sink.onLook = _ -> Verdict.LOOK;
        var in = wire(sync());
        assertThatThrownBy(() -> framer.feed(in)).isInstanceOf(IllegalStateException.class);
        assertThat(in.readableBytes()).isEqualTo(5);
        in.release();
    }

    @Test
    void restoresTheBufferWhenItsSinkFails() {
        sink.onBegin = _ -> Verdict.LOOK;
        sink.onLook = tag -> {
            throw new ProtocolViolation("bad body of " + (char) tag.byteValue());
        };
        var in = wire(query("a"), sync());
        assertThatThrownBy(() -> framer.feed(in)).hasMessage("bad body of Q");
        assertThat(in.readableBytes()).isEqualTo(12);
        in.release();
    }

    private void feed(ByteBuf in) {
        feed(framer, in);
    }

    private static void feed(MessageFramer framer, ByteBuf in) {
        assertThat(framer.feed(in)).isTrue();
        in.release();
    }

    private ByteBuf wire(FrontendMessage... messages) {
        var out = allocator.buffer();
        for (var message : messages) {
            FrontendEncoder.encode(message, out);
        }
        return out;
    }

    private static FrontendMessage query(String text) {
        return new FrontendMessage.Query(text);
    }

    private static FrontendMessage sync() {
        return new FrontendMessage.Sync();
    }

    @Test
    void tellsTheEndOfAMessageApartFromItsMiddle() {
        for (var piece :
                List.of(allocator.buffer().writeByte('d'), allocator.buffer().writeInt(6))) {
            feed(piece);
        }
        assertThat(framer.isBetweenMessages()).isFalse();
        feed(allocator.buffer().writeShort(0));
        assertThat(framer.isBetweenMessages()).isTrue();
    }
}
