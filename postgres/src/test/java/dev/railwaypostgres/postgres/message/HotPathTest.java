package dev.railwaypostgres.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HotPathTest {
    private static final int ROUNDS = 5_000;

    @Test
    void allocatesNothingForWhatPasses() {
        var sink = new PassingSink(ByteBuf::release);
        assertThat(allocatedPerFeed(sink)).isLessThan(1);
    }

    @Test
    void allocatesNothingForAGlanceAtTheEndOfAnAnswer() {
        assertThat(allocatedPerFeed(new GlancingSink())).isLessThan(1);
    }

    private static double allocatedPerFeed(MessageSink sink) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var in = Unpooled.wrappedBuffer(Recordings.backend("pgbench"));
        try (var framer = new MessageFramer(Sender.SERVER, sink)) {
            feedOften(framer, in);
            long before = threads.getCurrentThreadAllocatedBytes();
            feedOften(framer, in);
            return (double) (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
        }
    }

    private static void feedOften(MessageFramer framer, ByteBuf in) {
        for (int i = 0; i < ROUNDS; i++) {
            in.readerIndex(0);
            framer.feed(in);
        }
    }

    private static final class GlancingSink implements MessageSink {
        @Override
        public Verdict begin(byte tag, int bodyLength) {
            return tag == BackendTag.READY_FOR_QUERY ? Verdict.LOOK : Verdict.PASS;
        }

        @Override
        public Verdict look(byte tag, ByteBuf body) {
            return body.getByte(body.readerIndex()) == 'X' ? Verdict.STOP : Verdict.PASS;
        }

        @Override
        public void take(byte tag, ByteBuf body) {
            throw new AssertionError("nobody asked to take");
        }

        @Override
        public void pass(ByteBuf bytes) {
            bytes.release();
        }
    }
}
