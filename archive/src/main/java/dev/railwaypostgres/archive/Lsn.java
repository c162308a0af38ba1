package dev.railwaypostgres.archive;

import java.util.Locale;

/** A position in the write-ahead log, which Postgres writes as {@code X/Y}: two hexadecimal halves of 64 bits. */
public record Lsn(long value) implements Comparable<Lsn> {
    /**
     * Reads Postgres' own form.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("not a log position such as 0/16B3748: " + text);
        }
        return new Lsn(Long.parseLong(text, 0, slash, 16) << Integer.SIZE
                | Long.parseLong(text, slash + 1, text.length(), 16));
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", value >>> Integer.SIZE, value & 0xFFFF_FFFFL);
    }
}
