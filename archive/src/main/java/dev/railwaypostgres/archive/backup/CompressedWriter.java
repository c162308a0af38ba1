package dev.railwaypostgres.archive.backup;

import com.github.luben.zstd.Zstd;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Compresses into zstd frames that can be read one by one, on other threads than the one that writes. Frames are stored in
 * order; at most {@link #UNDER_WAY} are in memory.
 */
final class CompressedWriter {
    /** Bytes of a frame's content. */
    static final int FRAME = 4 << 20;

    private static final int UNDER_WAY = 3;

    private final PartWriter out;
    private final ExecutorService compressors;
    private final int level;
    private final Deque<Future<byte[]>> frames = new ArrayDeque<>();
    private byte[] frame = new byte[FRAME];
    private int filled;
    private long size;

    CompressedWriter(PartWriter out, ExecutorService compressors, int level) {
        this.out = out;
        this.compressors = compressors;
        this.level = level;
    }

    /** Takes all that is readable, and leaves the buffer's indexes alone. */
    void write(ByteBuf bytes) throws IOException {
        int end = bytes.writerIndex();
        for (int from = bytes.readerIndex(); from < end; ) {
            int count = Math.min(end - from, FRAME - filled);
            bytes.getBytes(from, frame, filled, count);
            from += count;
            filled += count;
            if (filled == FRAME) {
                compress();
            }
        }
        size += bytes.readableBytes();
    }

    /** Stores what is left, and describes the whole. */
    StoredObject complete(String name) throws IOException {
        if (filled > 0) {
            compress();
        }
        while (!frames.isEmpty()) {
            storeFirst();
        }
        out.complete();
        return new StoredObject(name, size, out.size(), out.sha256());
    }

    void abort() {
        frames.forEach(future -> future.cancel(false));
        out.abort();
    }

    private void compress() throws IOException {
        var content = frame;
        int length = filled;
        frames.add(compressors.submit(
                () -> Zstd.compress(length == FRAME ? content : Arrays.copyOf(content, length), level)));
        frame = new byte[FRAME];
        filled = 0;
        if (frames.size() == UNDER_WAY) {
            storeFirst();
        }
    }

    private void storeFirst() throws IOException {
        try {
            var compressed = frames.remove().get();
            out.write(compressed, compressed.length);
        } catch (ExecutionException e) {
            throw new IOException("the backup could not be compressed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compressing a backup", e);
        }
    }
}
