package dev.railwaypostgres.postgres;

import java.util.regex.Pattern;

/** A position in the write-ahead log, in bytes since its beginning; 64 bits, unsigned. */
public record Lsn(long value) implements Comparable<Lsn> {
    /** Postgres' "no position". */
    public static final Lsn INVALID = new Lsn(0);

    private static final Pattern SHAPE = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /**
     * Reads what Postgres prints, {@code 16/B374D848}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Lsn parse(String text) {
        var matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("an LSN looks like 16/B374D848, not: " + text);
        }
        return new Lsn(Long.parseLong(matcher.group(1), 16) << 32 | Long.parseLong(matcher.group(2), 16));
    }

    public boolean isValid() {
        return value != 0;
    }

    public boolean isBefore(Lsn other) {
        return compareTo(other) < 0;
    }

    public Lsn plus(long bytes) {
        return new Lsn(value + bytes);
    }

    /** Bytes of log from {@code earlier} to here; negative when it is later after all. */
    public long bytesSince(Lsn earlier) {
        return value - earlier.value;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(value >>> 32, value & 0xFFFFFFFFL);
    }
}
