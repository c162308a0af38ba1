package dev.railwaypostgres.postgres.message;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in a stream that arrives in arbitrary pieces, by walking from header to header.
 *
 * <p>What passes through is neither copied nor collected: a buffer of whole messages comes out as the same buffer, one of
 * a body's middle likewise. Only a message that is to be seen, or a header, that a read cuts in two is kept until
 * the rest comes; what is kept grows by what has arrived, never by what a header claims. Not thread-safe, not reentrant.
 */
public final class MessageFramer implements AutoCloseable {
    /** Bytes of a tag and a length. */
    public static final int HEADER_LENGTH = 5;

    /** Room for a message that is kept, before it proves longer. */
    private static final int FIRST_KEPT = 256;

    private enum Step {
        NEXT,
        STARVED,
        STOPPED
    }

    private final Sender sender;
    private final MessageSink sink;

    /** The beginning of a message whose rest has not arrived. */
    private @Nullable ByteBuf held;

    /** What was said about the held message, once it was asked. */
    private @Nullable Verdict heldVerdict;

    /** Bytes of a body under way that vanish, and those after them that pass. */
    private int dropLeft;

    private int bodyLeft;

    /** Where in the buffer at hand the bytes begin that shall pass and have not yet. */
    private int runStart;

    private boolean feeding;
    private boolean closed;

    public MessageFramer(Sender sender, MessageSink sink) {
        this.sender = sender;
        this.sink = sink;
    }

    /**
     * Walks over the readable bytes. The buffer stays the caller's: after {@code true} release it without a look at its
     * indexes, after {@code false} keep it and feed it again, before any other, when there is reason to go on.
     *
     * @return false when a verdict stopped the walk
     * @throws dev.railwaypostgres.postgres.ProtocolViolation for an unlawful header, after all before it has passed
     */
    public boolean feed(ByteBuf in) {
        runStart = in.readerIndex();
        feeding = true;
        try {
            return walk(in);
        } finally {
            feeding = false;
            passRun(in);
            if (closed) {
                dropHeld();
            }
        }
    }

    /** True when whatever has passed so far ends where a message ends, so that another may be slipped in. */
    public boolean isBetweenMessages() {
        return bodyLeft == 0;
    }

    /** Forgets what was kept; what is fed from now on vanishes. May be called by the sink. */
    @Override
    public void close() {
        closed = true;
        if (!feeding) {
            dropHeld();
        }
    }

    private boolean walk(ByteBuf in) {
        var step = Step.NEXT;
        while (step == Step.NEXT && !closed) {
            if (dropLeft > 0) {
                step = dropBody(in);
            } else if (bodyLeft > 0) {
                step = skipBody(in);
            } else {
                step = held == null ? message(in) : heldMessage(in, held);
            }
        }
        return step != Step.STOPPED || closed;
    }

    private Step dropBody(ByteBuf in) {
        int dropped = Math.min(dropLeft, in.readableBytes());
        in.skipBytes(dropped);
        dropLeft -= dropped;
        runStart = in.readerIndex();
        return dropLeft == 0 ? Step.NEXT : Step.STARVED;
    }

    private Step skipBody(ByteBuf in) {
        int skipped = Math.min(bodyLeft, in.readableBytes());
        in.skipBytes(skipped);
        bodyLeft -= skipped;
        return bodyLeft == 0 ? Step.NEXT : Step.STARVED;
    }

    private Step message(ByteBuf in) {
        if (in.readableBytes() < HEADER_LENGTH) {
            return hold(in, null);
        }
        int bodyLength = bodyLength(in);
        byte tag = tag(in);
        var verdict = sink.begin(tag, bodyLength);
        int shown = 0;
        if (wantsMore(verdict)) {
            shown = sink.shown(tag, bodyLength);
            if (in.readableBytes() - HEADER_LENGTH < shown) {
                return hold(in, verdict);
            }
            verdict = show(verdict, in, in, shown);
        }
        if (verdict == Verdict.STOP) {
            return Step.STOPPED;
        }
        return goOn(verdict, in, bodyLength, shown);
    }

    private Step goOn(Verdict verdict, ByteBuf in, int bodyLength, int shown) {
        if (verdict == Verdict.PASS) {
            dropLeft = 0;
        } else {
            passRun(in);
            runStart += HEADER_LENGTH;
            dropLeft = verdict == Verdict.TAKE ? shown : bodyLength;
        }
        in.skipBytes(HEADER_LENGTH);
        bodyLeft = bodyLength - dropLeft;
        return Step.NEXT;
    }

    private Step heldMessage(ByteBuf in, ByteBuf message) {
        if (!fill(message, in, HEADER_LENGTH)) {
            return Step.STARVED;
        }
        int bodyLength = bodyLength(message);
        byte tag = tag(message);
        var verdict = heldVerdict == null ? sink.begin(tag, bodyLength) : heldVerdict;
        if (wantsMore(verdict)) {
            heldVerdict = verdict;
            int shown = sink.shown(tag, bodyLength);
            if (!fill(message, in, HEADER_LENGTH + shown)) {
                return Step.STARVED;
            }
            verdict = show(verdict, message, in, shown);
        }
        heldVerdict = null;
        if (verdict == Verdict.STOP) {
            return Step.STOPPED;
        }
        int left = HEADER_LENGTH + bodyLength - message.readableBytes();
        dropLeft = verdict == Verdict.DROP ? left : 0;
        bodyLeft = left - dropLeft;
        letGo(verdict, message);
        return Step.NEXT;
    }

    private void letGo(Verdict verdict, ByteBuf message) {
        held = null;
        if (verdict == Verdict.PASS) {
            sink.pass(message);
        } else {
            message.release();
        }
    }

    /** Keeps all that is left of the buffer, at most the beginning of one message. */
    private Step hold(ByteBuf in, @Nullable Verdict verdict) {
        if (in.isReadable()) {
            passRun(in);
            held = in.alloc().buffer(Math.max(FIRST_KEPT, in.readableBytes()));
            heldVerdict = verdict;
            fill(held, in, Integer.MAX_VALUE);
        }
        return Step.STARVED;
    }

    private boolean fill(ByteBuf message, ByteBuf in, int length) {
        int missing = Math.clamp(length - message.readableBytes(), 0, in.readableBytes());
        message.writeBytes(in, missing);
        runStart += missing;
        return message.readableBytes() >= length;
    }

    /** Shows the beginning of the message at the source's reader index, and hands it over if so decided. */
    private Verdict show(Verdict asked, ByteBuf source, ByteBuf in, int shown) {
        int start = source.readerIndex();
        int end = source.writerIndex();
        int bodyStart = start + HEADER_LENGTH;
        byte tag = tag(source);
        try {
            var verdict = asked == Verdict.LOOK ? sink.look(tag, source.setIndex(bodyStart, bodyStart + shown)) : asked;
            if (verdict == Verdict.LOOK) {
                throw new IllegalStateException("a message is shown once");
            }
            if (verdict == Verdict.TAKE) {
                source.setIndex(start, end);
                passRun(in);
                sink.take(tag, source.setIndex(bodyStart, bodyStart + shown));
            }
            return verdict;
        } finally {
            source.setIndex(start, end);
        }
    }

    private void passRun(ByteBuf in) {
        int length = in.readerIndex() - runStart;
        if (length == 0) {
            return;
        }
        int from = runStart;
        runStart += length;
        if (in.isReadable()) {
            sink.pass(in.retainedSlice(from, length));
        } else {
            sink.pass(in.readerIndex(from).retain());
        }
    }

    private void dropHeld() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    private int bodyLength(ByteBuf message) {
        return sender.bodyLength(tag(message), message.getInt(message.readerIndex() + 1));
    }

    private static byte tag(ByteBuf message) {
        return message.getByte(message.readerIndex());
    }

    private static boolean wantsMore(Verdict verdict) {
        return verdict == Verdict.LOOK || verdict == Verdict.TAKE;
    }
}
