package dev.railwaypostgres.archive.backup;

import dev.railwaypostgres.postgres.Lsn;
import io.netty.buffer.ByteBuf;

/**
 * Compares the pages of one file with their checksums. Pages that were changed since the backup began may be torn, and the
 * log makes them whole again.
 */
final class PageChecker {
    private final Lsn backupStart;
    private final byte[] page = new byte[PageChecksum.PAGE];
    private int filled;
    private long block;
    private long damaged;

    PageChecker(RelationFile file, Lsn backupStart) {
        this.backupStart = backupStart;
        this.block = file.firstBlock();
    }

    void feed(ByteBuf content) {
        int end = content.writerIndex();
        for (int from = content.readerIndex(); from < end; ) {
            int count = Math.min(end - from, page.length - filled);
            content.getBytes(from, page, filled, count);
            from += count;
            filled += count;
            if (filled == page.length) {
                check();
            }
        }
    }

    /** How many pages are not what they should be. */
    long damaged() {
        return damaged;
    }

    private void check() {
        boolean settled = new Lsn(PageChecksum.lsn(page)).isBefore(backupStart);
        if (settled && !PageChecksum.isNew(page) && !PageChecksum.isRight(page, block)) {
            damaged++;
        }
        block++;
        filled = 0;
    }
}
