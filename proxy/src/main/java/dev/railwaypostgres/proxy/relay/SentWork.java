package dev.railwaypostgres.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A copy of what went to the server and has had no answer yet, as long as it is short: should the server end before it
 * begins, the work can go to another one.
 */
public final class SentWork {
    private static final int MOST = 8 << 10;
    private static final int FIRST = 256;

    private @Nullable ByteBuf copy;
    private boolean isWhole = true;

    /** Some more has been sent. */
    public void add(ByteBuf bytes) {
        var kept = copy == null ? Unpooled.buffer(FIRST, MOST) : copy;
        copy = kept;
        isWhole &= kept.maxWritableBytes() >= bytes.readableBytes();
        if (isWhole) {
            kept.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
    }

    /**
     * A message has been sent otherwise than it came.
     *
     * @param body as it came, or the beginning of it
     * @param bodyLength of all of it
     */
    public void add(byte tag, int bodyLength, ByteBuf body) {
        var kept = copy == null ? Unpooled.buffer(FIRST, MOST) : copy;
        copy = kept;
        isWhole &= bodyLength == body.readableBytes()
                && kept.maxWritableBytes() >= 1 + Integer.BYTES + body.readableBytes();
        if (isWhole) {
            kept.writeByte(tag).writeInt(Integer.BYTES + bodyLength);
            kept.writeBytes(body, body.readerIndex(), body.readableBytes());
        }
    }

    /** An answer has begun, or all is answered: what was sent is the server's now. */
    public void clear() {
        isWhole = true;
        if (copy != null) {
            copy.clear();
        }
    }

    /** All that was sent, or null if it is not all here. */
    public @Nullable ByteBuf whole() {
        return isWhole && copy != null && copy.isReadable() ? copy : null;
    }
}
