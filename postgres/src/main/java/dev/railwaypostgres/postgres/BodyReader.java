package dev.railwaypostgres.postgres;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one message body, front to back. Whatever does not fit is a {@link ProtocolViolation}; nothing is
 * allocated on the strength of a length that the bytes do not cover.
 */
public final class BodyReader {
    private final ByteBuf body;

    /** Reads all that is readable, by moving the buffer's own reader index. */
    public BodyReader(ByteBuf body) {
        this.body = body;
    }

    public byte readByte() {
        require(Byte.BYTES);
        return body.readByte();
    }

    /** Counts on the wire are unsigned: 65,535 parameters are legal. */
    public int readCount() {
        require(Short.BYTES);
        return body.readUnsignedShort();
    }

    public short readShort() {
        require(Short.BYTES);
        return body.readShort();
    }

    public int readInt() {
        require(Integer.BYTES);
        return body.readInt();
    }

    public long readLong() {
        require(Long.BYTES);
        return body.readLong();
    }

    /** Text up to the next zero byte, as UTF-8; what is not becomes replacement characters. */
    public String readText() {
        int length = body.bytesBefore((byte) 0);
        if (length < 0) {
            throw new ProtocolViolation("invalid string in message");
        }
        var text = body.toString(body.readerIndex(), length, StandardCharsets.UTF_8);
        body.skipBytes(length + 1);
        return text;
    }

    public Bytes readBytes(int length) {
        require(length);
        var bytes = Bytes.copyOf(body.slice(body.readerIndex(), length));
        body.skipBytes(length);
        return bytes;
    }

    public Bytes readRest() {
        return readBytes(remaining());
    }

    public int remaining() {
        return body.readableBytes();
    }

    /** Call it after the last field: bytes left over are as wrong as bytes missing. */
    public void end() {
        if (body.isReadable()) {
            throw new ProtocolViolation("invalid message format");
        }
    }

    private void require(int length) {
        if (length < 0 || length > body.readableBytes()) {
            throw new ProtocolViolation("insufficient data left in message");
        }
    }
}
