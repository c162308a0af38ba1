package dev.railwaypostgres.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Writes what Netty has no word for: the protocol's text, which ends with a zero byte. */
public final class BodyWriter {
    private BodyWriter() {}

    /**
     * @throws IllegalArgumentException when the text holds a zero character, which would end it early on the wire
     */
    public static void writeText(ByteBuf out, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text on the wire cannot hold a zero character");
        }
        ByteBufUtil.writeUtf8(out, text);
        out.writeByte(0);
    }

    /** Writes a length that counts itself, over the place that was left for it at {@code lengthIndex}. */
    public static void patchLength(ByteBuf out, int lengthIndex) {
        out.setInt(lengthIndex, out.writerIndex() - lengthIndex);
    }
}
