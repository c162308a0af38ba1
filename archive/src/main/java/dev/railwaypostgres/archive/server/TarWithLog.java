package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.archive.backup.BackupRecord;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A data directory's archive with the log that the backup needs put in before its end, as {@code pg_basebackup -X fetch}
 * wants it: whole segments, each marked as archived, so that nobody archives them again.
 */
final class TarWithLog extends InputStream {
    private final Deque<InputStream> parts = new ArrayDeque<>();

    TarWithLog(InputStream archive, ServedDatabase database, BackupRecord record) {
        long size = database.facts().walSegmentSize();
        var timeline = record.stop().timeline();
        parts.add(new TarContent(archive));
        long last = (record.stop().position().value() - 1) / size;
        for (long number = record.start().position().value() / size; number <= last; number++) {
            var name = segmentName(timeline, number, size);
            parts.add(TarHeader.ofFile("pg_wal/" + name, size));
            parts.add(new SegmentContent(database.log(), record.stop(), new Lsn(number * size), size));
            parts.add(TarHeader.ofFile("pg_wal/archive_status/" + name + ".done", 0));
        }
        parts.add(TarHeader.end());
    }

    /** Eight hexadecimal digits each of the timeline, of 4 GiB of log, and of the segment within them. */
    static String segmentName(Timeline timeline, long number, long size) {
        long inFour = (1L << 32) / size;
        return "%08X%08X%08X".formatted(timeline.number(), number / inFour, number % inFour);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (!parts.isEmpty()) {
            int count = parts.getFirst().read(into, from, length);
            if (count >= 0) {
                return count;
            }
            parts.removeFirst();
        }
        return -1;
    }

    /** One segment; behind the end of the log it is zeros, where replay ends. */
    private static final class SegmentContent extends InputStream {
        private final LogSource log;
        private final BackupRecord.Point stop;
        private Lsn position;
        private long left;

        SegmentContent(LogSource log, BackupRecord.Point stop, Lsn start, long size) {
            this.log = log;
            this.stop = stop;
            this.position = start;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            var piece = new byte[(int) Math.min(length, left)];
            int count = log.read(stop.timeline(), position, piece, piece.length);
            if (count < piece.length && position.plus(count).isBefore(stop.position())) {
                throw new IOException("the archive has a gap at " + position.plus(count));
            }
            System.arraycopy(piece, 0, into, from, piece.length);
            position = position.plus(piece.length);
            left -= piece.length;
            return piece.length;
        }
    }
}
