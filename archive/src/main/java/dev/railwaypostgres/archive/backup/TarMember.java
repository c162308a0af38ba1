package dev.railwaypostgres.archive.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A file, folder or link in a tar archive, from the header before it: the old {@code ustar} with 512 bytes, of which
 * Postgres uses no extension but binary numbers for what is larger than 8 GiB.
 */
record TarMember(String name, long size, Kind kind) {
    static final int BLOCK = 512;

    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int KIND_AT = 156;

    enum Kind {
        FILE,
        FOLDER,
        LINK
    }

    /**
     * @throws IOException when the block is no header
     */
    static TarMember parse(byte[] header) throws IOException {
        if (octal(header, CHECKSUM_AT, CHECKSUM_LENGTH) != checksum(header)) {
            throw new IOException("the archive is damaged: a header's checksum is wrong");
        }
        var kind = kind(header[KIND_AT]);
        return new TarMember(text(header), kind == Kind.FILE ? size(header) : 0, kind);
    }

    /** An archive ends with two of them. */
    static boolean isEnd(byte[] header) {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Bytes between its content and the next header. */
    int padding() {
        return (int) (-size & (BLOCK - 1));
    }

    private static Kind kind(byte code) throws IOException {
        return switch (code) {
            case '0', 0 -> Kind.FILE;
            case '5' -> Kind.FOLDER;
            case '1', '2' -> Kind.LINK;
            default -> throw new IOException("the archive has a member of an unknown kind, " + code);
        };
    }

    private static String text(byte[] header) {
        int length = 0;
        while (length < NAME_LENGTH && header[length] != 0) {
            length++;
        }
        return new String(header, 0, length, StandardCharsets.UTF_8);
    }

    private static long size(byte[] header) throws IOException {
        if (header[SIZE_AT] >= 0) {
            return octal(header, SIZE_AT, SIZE_LENGTH);
        }
        long size = 0;
        for (int i = SIZE_AT + SIZE_LENGTH - Long.BYTES; i < SIZE_AT + SIZE_LENGTH; i++) {
            size = size << 8 | (header[i] & 0xFF);
        }
        return size;
    }

    private static long octal(byte[] header, int at, int length) throws IOException {
        long number = 0;
        for (int i = at; i < at + length && header[i] != 0; i++) {
            if (header[i] >= '0' && header[i] <= '7') {
                number = number << 3 | (header[i] - '0');
            } else if (header[i] != ' ') {
                throw new IOException("the archive is damaged: a header's number is none");
            }
        }
        return number;
    }

    /** The sum of all bytes, the checksum itself taken for blanks. */
    private static long checksum(byte[] header) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean itself = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH;
            sum += itself ? ' ' : header[i] & 0xFF;
        }
        return sum;
    }
}
