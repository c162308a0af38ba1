package dev.railwaypostgres.archive.server;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Headers of members of our own in a tar archive, as Postgres writes them. */
final class TarHeader {
    /** Two blocks of zeros. */
    static final int END_LENGTH = 1024;

    private static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;

    private TarHeader() {}

    /** @param size a multiple of 512, so that no padding follows */
    static InputStream ofFile(String name, long size) {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "00000000000");
        put(header, 156, "0");
        put(header, 257, "ustar");
        put(header, 263, "00");
        Arrays.fill(header, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, CHECKSUM_AT, "%06o\0".formatted(sum));
        return new ByteArrayInputStream(header);
    }

    static InputStream end() {
        return new ByteArrayInputStream(new byte[END_LENGTH]);
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
