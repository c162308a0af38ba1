package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A log in which each byte tells its own position, and that can be made to grow, to fork and to have a gap. */
public final class MemoryLog implements LogSource {
    private final Map<Timeline, Bytes> histories = new ConcurrentHashMap<>();
    private Timeline timeline = Timeline.FIRST;
    private Lsn end;
    private Lsn gap = new Lsn(Long.MAX_VALUE);

    public MemoryLog(Lsn end) {
        this.end = end;
    }

    static byte at(long position) {
        return (byte) ((position * 31) >> 3);
    }

    synchronized void growTo(Lsn position) {
        end = position;
        notifyAll();
    }

    synchronized void fork(Lsn position) {
        var next = timeline.next();
        histories.put(next, Bytes.of("%s\t%s\tno recovery target specified\n".formatted(timeline, position)));
        timeline = next;
        end = position;
        notifyAll();
    }

    synchronized void lose(Lsn from) {
        gap = from;
    }

    @Override
    public synchronized Timeline timeline() {
        return timeline;
    }

    @Override
    public synchronized Lsn end() {
        return end;
    }

    @Override
    public Optional<Bytes> history(Timeline timeline) {
        return Optional.ofNullable(histories.get(timeline));
    }

    @Override
    public synchronized int read(Timeline timeline, Lsn from, byte[] into, int most) {
        var stop = end.isBefore(gap) ? end : gap;
        int length = Math.clamp(stop.bytesSince(from), 0, most);
        for (int i = 0; i < length; i++) {
            into[i] = at(from.value() + i);
        }
        return length;
    }

    @Override
    public synchronized void awaitMore(Timeline of, Lsn than, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long left = limit.toMillis();
        while (left > 0 && of.equals(timeline) && !than.isBefore(end)) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }
}
