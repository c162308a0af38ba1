package dev.railwaypostgres.archive.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An archive without its end, so that something can be put in behind its last member: 1024 zeros are held back. */
final class TarContent extends FilterInputStream {
    private final byte[] held = new byte[TarHeader.END_LENGTH];
    private boolean begun;

    TarContent(InputStream archive) {
        super(archive);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (!begun) {
            begun = true;
            in.readNBytes(held, 0, held.length);
        }
        int most = Math.min(length, held.length);
        var more = new byte[most];
        int count = in.readNBytes(more, 0, most);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(held, 0, into, from, count);
        System.arraycopy(held, count, held, 0, held.length - count);
        System.arraycopy(more, 0, held, held.length - count, count);
        return count;
    }
}
