package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.postgres.sql.SqlGlance;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Finds out what texts do to their sessions, at the price of a glance for most of them. One for each event loop. */
public final class StatementScanner {
    private static final int USUAL = 8 << 10;
    private static final byte[] BEGIN = {'b', 'e', 'g', 'i', 'n'};

    private final SqlGlance glance = new SqlGlance();
    private byte[] scratch = new byte[USUAL];

    /** @param text from its reader index up to a zero byte, or to its end; left as it is */
    public SessionEffects effects(ByteBuf text) {
        int start = text.readerIndex();
        int zero = text.bytesBefore((byte) 0);
        int length = zero < 0 ? text.readableBytes() : zero;
        var bytes = length <= scratch.length ? scratch : new byte[length];
        text.getBytes(start, bytes, 0, length);
        if (!glance.isPlain(bytes, 0, length)) {
            return SessionEffects.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }
        return isBegin(bytes, length) ? SessionEffects.BEGIN : SessionEffects.NONE;
    }

    private static boolean isBegin(byte[] text, int length) {
        if (length < BEGIN.length) {
            return false;
        }
        for (int i = 0; i < BEGIN.length; i++) {
            if ((text[i] | 0x20) != BEGIN[i]) {
                return false;
            }
        }
        return true;
    }
}
