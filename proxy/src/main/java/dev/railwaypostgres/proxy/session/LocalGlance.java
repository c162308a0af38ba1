package dev.railwaypostgres.proxy.session;

import io.netty.buffer.ByteBuf;

/**
 * Tells by their first bytes that most texts cannot be answered without a server, so that nobody has to read them for that.
 * When in doubt, a text may be one that can.
 */
final class LocalGlance {
    private static final String SELECT = "select";

    private LocalGlance() {}

    /** @param from where the text begins among the bytes, which hold ASCII as it is */
    static boolean mayBeLocal(ByteBuf bytes, int from) {
        int start = afterBlanks(bytes, from);
        byte first = lower(at(bytes, start));
        return switch (first) {
            // SET, SHOW, START; BEGIN; COMMIT; END; ROLLBACK; ABORT.
            case 's' -> !isSelect(bytes, start) || mayBeNumber(at(bytes, afterBlanks(bytes, start + SELECT.length())));
            case 'b', 'c', 'e', 'r', 'a' -> true;
            default -> !isWordStart(first);
        };
    }

    private static boolean isSelect(ByteBuf bytes, int start) {
        for (int i = 0; i < SELECT.length(); i++) {
            if (lower(at(bytes, start + i)) != SELECT.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Or a comment before one. */
    private static boolean mayBeNumber(byte first) {
        return !isWordStart(lower(first))
                && first != '*'
                && first != '\''
                && first != '"'
                && first != '('
                && first != '$';
    }

    private static int afterBlanks(ByteBuf bytes, int from) {
        int at = from;
        while (isBlank(at(bytes, at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isWordStart(byte lower) {
        return (lower >= 'a' && lower <= 'z') || lower == '_' || lower < 0;
    }

    private static byte lower(byte c) {
        return c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }

    private static byte at(ByteBuf bytes, int index) {
        return index < bytes.writerIndex() ? bytes.getByte(index) : 0;
    }
}
