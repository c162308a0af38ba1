package dev.railwaypostgres.archive.backup;

import dev.railwaypostgres.archive.backup.BackupObjects.PartedObject;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Cuts bytes into the parts of an object, and hashes them. */
final class PartWriter {
    private final PartedObject object;
    private final MessageDigest hash = Sha256.digest();
    private byte[] part = new byte[PartedObject.PART];
    private int filled;
    private long size;

    PartWriter(PartedObject object) {
        this.object = object;
    }

    void write(byte[] bytes, int length) throws IOException {
        hash.update(bytes, 0, length);
        size += length;
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, part.length - filled);
            System.arraycopy(bytes, done, part, filled, count);
            filled += count;
            done += count;
            if (filled == part.length) {
                object.add(part);
                part = new byte[PartedObject.PART];
                filled = 0;
            }
        }
    }

    /** Stores what is left. */
    void complete() throws IOException {
        if (filled > 0 || size == 0) {
            object.add(Arrays.copyOf(part, filled));
        }
        object.complete();
    }

    void abort() {
        object.abort();
    }

    /** Bytes written so far. */
    long size() {
        return size;
    }

    String sha256() {
        return HexFormat.of().formatHex(hash.digest());
    }
}
