package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.message.Column;
import dev.railwaypostgres.postgres.message.Format;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;

/** Types of values in the console's tables. The object ids are those of Postgres' {@code pg_type.dat}. */
enum Kind {
    TEXT(Column.TEXT_TYPE, -1),
    INTEGER(Column.INTEGER_TYPE, Integer.BYTES),
    BIGINT(20, Long.BYTES),
    NUMERIC(1700, -1);

    /** Digits of a {@code numeric} are of this base (utils/adt/numeric.c). */
    private static final int BASE = 10_000;

    private final int type;
    private final short size;

    Kind(int type, int size) {
        this.type = type;
        this.size = (short) size;
    }

    Column column(String name) {
        return new Column(name, 0, (short) 0, type, size, -1, Format.TEXT);
    }

    Bytes encode(Object value, Format format) {
        if (format == Format.TEXT || this == TEXT) {
            return Bytes.of(value.toString());
        }
        long number = Long.parseLong(value.toString());
        return switch (this) {
            case INTEGER -> Bytes.copyOf(Unpooled.buffer(Integer.BYTES).writeInt((int) number));
            case BIGINT -> Bytes.copyOf(Unpooled.buffer(Long.BYTES).writeLong(number));
            case NUMERIC, TEXT -> numeric(number);
        };
    }

    /** A number that is not negative: count of digits, weight of the first, sign, scale, digits. */
    private static Bytes numeric(long number) {
        var digits = new ArrayList<Integer>();
        for (long rest = number; rest > 0; rest /= BASE) {
            digits.addFirst((int) (rest % BASE));
        }
        var out = Unpooled.buffer();
        out.writeShort(digits.size()).writeShort(Math.max(0, digits.size() - 1)).writeInt(0);
        digits.forEach(out::writeShort);
        return Bytes.copyOf(out);
    }
}
