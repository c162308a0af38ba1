package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.postgres.message.BackendTag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads an answer to its end as fast as it comes, by walking from header to header. */
final class AnswerSkipper {
    private static final int BUFFER = 256 << 10;
    private static final int HEADER = 5;

    private final InputStream in;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();

    /** Of the message under way. */
    private long bodyLeft;

    AnswerSkipper(InputStream in) {
        this.in = in;
    }

    /** Returns how many bytes the whole answer had. */
    long skip() throws IOException {
        long read = 0;
        byte last = 0;
        while (last != BackendTag.READY_FOR_QUERY || bodyLeft > 0) {
            if (bodyLeft == 0 && buffer.remaining() >= HEADER) {
                last = header();
            } else if (bodyLeft > 0 && buffer.hasRemaining()) {
                skipBody();
            } else {
                read += fill();
            }
        }
        return read;
    }

    private byte header() throws IOException {
        byte tag = buffer.get();
        bodyLeft = (long) buffer.getInt() - Integer.BYTES;
        if (tag == BackendTag.ERROR_RESPONSE) {
            throw new IOException("the statement failed");
        }
        return tag;
    }

    private void skipBody() {
        int skipped = (int) Math.min(bodyLeft, buffer.remaining());
        buffer.position(buffer.position() + skipped);
        bodyLeft -= skipped;
    }

    private int fill() throws IOException {
        buffer.compact();
        int count = in.read(buffer.array(), buffer.position(), buffer.remaining());
        if (count < 0) {
            throw new IOException("the connection ended within an answer");
        }
        buffer.position(buffer.position() + count).flip();
        return count;
    }
}
