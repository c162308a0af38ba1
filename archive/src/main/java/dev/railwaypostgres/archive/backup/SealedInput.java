package dev.railwaypostgres.archive.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;

/** An object as it is read. Its end is not reached unless it is what was stored. */
final class SealedInput extends FilterInputStream {
    private final StoredObject object;
    private final DigestInputStream hashed;
    private long size;
    private boolean checked;

    SealedInput(StoredObject object, InputStream in) {
        super(new DigestInputStream(in, Sha256.digest()));
        this.object = object;
        this.hashed = (DigestInputStream) super.in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        if (count < 0) {
            check();
        } else {
            size += count;
        }
        return count;
    }

    private void check() throws IOException {
        if (checked) {
            return;
        }
        var sha256 = HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        if (size != object.storedSize() || !sha256.equals(object.sha256())) {
            throw new IOException("the stored object is damaged: " + object.name());
        }
        checked = true;
    }
}
