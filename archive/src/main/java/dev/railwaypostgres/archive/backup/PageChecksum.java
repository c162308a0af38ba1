package dev.railwaypostgres.archive.backup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum that Postgres keeps in each page: 32 sums side by side after Fowler, Noll and Vo, over 8 KiB of 32-bit words
 * in little-endian order.
 */
final class PageChecksum {
    static final int PAGE = 8192;

    private static final int CHECKSUM_AT = 8;
    private static final int UPPER_AT = 14;
    private static final int PRIME = 16777619;
    private static final int LANES = 32;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int[] OFFSETS = {
        0x5B1F36E9, 0xB8525960, 0x02AB50AA, 0x1DE66D2A, 0x79FF467A, 0x9BB9F8A3, 0x217E7CD2, 0x83E13D2C,
        0xF8D4474F, 0xE39EB970, 0x42C6AE16, 0x993216FA, 0x7B093B5D, 0x98DAFF3C, 0xF718902A, 0x0B1C9CDB,
        0xE58F764B, 0x187636BC, 0x5D7B3BB1, 0xE73DE7DE, 0x92BEC979, 0xCCA6C0B2, 0x304A0979, 0x85AA43D4,
        0x783125BB, 0x6CA8EAA2, 0xE407EAC6, 0x4B5CFC3E, 0x9FBF8C76, 0x15CA20BE, 0xF2CA9FD3, 0x959BD756
    };

    private PageChecksum() {}

    /** A page that was never used is all zeros. */
    static boolean isNew(byte[] page) {
        return (short) SHORTS.get(page, UPPER_AT) == 0;
    }

    /** Where the log's last change to the page ends. */
    static long lsn(byte[] page) {
        return (long) (int) INTS.get(page, 0) << 32 | ((int) INTS.get(page, Integer.BYTES) & 0xFFFFFFFFL);
    }

    static boolean isRight(byte[] page, long block) {
        return ((short) SHORTS.get(page, CHECKSUM_AT) & 0xFFFF) == of(page, block);
    }

    /** @param block the page's number within its relation */
    static int of(byte[] page, long block) {
        var sums = OFFSETS.clone();
        for (int at = 0; at < PAGE; at += LANES * Integer.BYTES) {
            for (int lane = 0; lane < LANES; lane++) {
                sums[lane] = mixed(sums[lane], word(page, at + lane * Integer.BYTES));
            }
        }
        int result = 0;
        for (int sum : sums) {
            result ^= mixed(mixed(sum, 0), 0);
        }
        return (int) (((result ^ (int) block) & 0xFFFFFFFFL) % 65535 + 1);
    }

    /** The place of the checksum itself counts as zero. */
    private static int word(byte[] page, int at) {
        int word = (int) INTS.get(page, at);
        return at == CHECKSUM_AT ? word & 0xFFFF0000 : word;
    }

    private static int mixed(int sum, int word) {
        int mixed = sum ^ word;
        return mixed * PRIME ^ mixed >>> 17;
    }
}
