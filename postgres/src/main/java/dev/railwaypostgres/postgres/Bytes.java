package dev.railwaypostgres.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An immutable run of bytes with value semantics. Its {@code toString} tells only the length, since most of them are
 * keys, passwords or rows.
 */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    public static Bytes copyOf(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /** Copies what is readable and leaves the buffer's indexes alone. */
    public static Bytes copyOf(ByteBuf readable) {
        return new Bytes(ByteBufUtil.getBytes(readable));
    }

    /** The text in UTF-8. */
    public static Bytes of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return array.length;
    }

    public byte[] toArray() {
        return array.clone();
    }

    /** As UTF-8; what is not becomes replacement characters. */
    public String toText() {
        return new String(array, StandardCharsets.UTF_8);
    }

    public void writeTo(ByteBuf out) {
        out.writeBytes(array);
    }

    /** Takes the same time wherever the first difference is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && MessageDigest.isEqual(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return "<" + array.length + " bytes>";
    }
}
