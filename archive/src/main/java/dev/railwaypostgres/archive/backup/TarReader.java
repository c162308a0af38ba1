package dev.railwaypostgres.archive.backup;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes a tar archive apart that arrives in arbitrary pieces, and hands on the content of its files as it comes. */
final class TarReader {
    /** Receives what is in the archive. */
    interface Sink {
        /** Bytes of one file follow, as many as it says. */
        void begin(TarMember file) throws IOException;

        /** @param content valid during the call only */
        void content(ByteBuf content) throws IOException;

        void end() throws IOException;
    }

    private final Sink sink;
    private final byte[] header = new byte[TarMember.BLOCK];
    private int headerFilled;
    private int endBlocks;

    private @Nullable TarMember file;
    private long contentLeft;
    private int paddingLeft;

    TarReader(Sink sink) {
        this.sink = sink;
    }

    /** Takes all that is readable, and leaves the buffer's indexes alone. */
    void feed(ByteBuf bytes) throws IOException {
        var in = bytes.duplicate();
        while (in.isReadable()) {
            if (contentLeft > 0) {
                content(in);
            } else if (paddingLeft > 0) {
                paddingLeft -= skip(in, paddingLeft);
            } else {
                header(in);
            }
        }
    }

    /**
     * @throws IOException when the archive breaks off
     */
    void finish() throws IOException {
        if (file != null || paddingLeft > 0 || headerFilled > 0 || endBlocks != 2) {
            throw new IOException("the archive breaks off before its end");
        }
    }

    private void content(ByteBuf in) throws IOException {
        int count = (int) Math.min(contentLeft, in.readableBytes());
        sink.content(in.readSlice(count));
        contentLeft -= count;
        if (contentLeft == 0) {
            endFile();
        }
    }

    private void header(ByteBuf in) throws IOException {
        int count = Math.min(header.length - headerFilled, in.readableBytes());
        in.readBytes(header, headerFilled, count);
        headerFilled += count;
        if (headerFilled < header.length) {
            return;
        }
        headerFilled = 0;
        if (TarMember.isEnd(header)) {
            endBlocks++;
        } else {
            begin(TarMember.parse(header));
        }
    }

    private void begin(TarMember member) throws IOException {
        if (endBlocks > 0) {
            throw new IOException("the archive goes on after its end");
        }
        if (member.kind() != TarMember.Kind.FILE) {
            return;
        }
        file = member;
        contentLeft = member.size();
        paddingLeft = member.padding();
        sink.begin(member);
        if (contentLeft == 0) {
            endFile();
        }
    }

    private void endFile() throws IOException {
        file = null;
        sink.end();
    }

    private static int skip(ByteBuf in, int most) {
        int count = Math.min(most, in.readableBytes());
        in.skipBytes(count);
        return count;
    }
}
