package dev.railwaypostgres.playground.restore;

import dev.railwaypostgres.archive.server.LogSource;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.replication.ReplicationConnection;
import dev.railwaypostgres.postgres.replication.ReplicationFailure;
import dev.railwaypostgres.postgres.replication.SlotName;
import dev.railwaypostgres.postgres.replication.StandbyStatus;
import dev.railwaypostgres.postgres.replication.WalEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A log in a folder, one file for each timeline, in which a byte's place is its position; and what fills it. */
final class FolderLog implements LogSource {
    private static final int SEGMENT = 16 << 20;

    private final Path folder;
    private final Map<Timeline, Lsn> ends = new TreeMap<>();
    private final Map<Timeline, Bytes> histories = new TreeMap<>();
    private Lsn begin = Lsn.INVALID;

    FolderLog(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Follows a slot to where its server stops or goes away. Goes on from timeline to timeline. */
    void follow(ReplicationConnection connection, SlotName slot) throws IOException {
        var newest = connection.identify().timeline();
        var known = latest().orElse(newest);
        for (var timeline = known.next();
                !newest.equals(Timeline.FIRST) && timeline.compareTo(newest) <= 0;
                timeline = timeline.next()) {
            histories.put(timeline, connection.history(timeline).content());
        }
        follow(connection, slot, known);
    }

    private void follow(ReplicationConnection connection, SlotName slot, Timeline timeline) throws IOException {
        var position = startOf(connection, slot, timeline);
        var stream = connection.follow(slot, position, timeline);
        while (true) {
            switch (stream.next()) {
                case WalEvent.Wal wal -> {
                    keep(timeline, wal);
                    stream.acknowledge(StandbyStatus.kept(wal.end(), wal.end(), Instant.now()));
                }
                case WalEvent.KeepAlive _ -> {
                    var end = ends.getOrDefault(timeline, position);
                    stream.acknowledge(StandbyStatus.kept(end, end, Instant.now()));
                }
                case WalEvent.TimelineEnded(Timeline next, Lsn start) -> {
                    ends.put(next, segmentStart(start));
                    follow(connection, slot, next);
                    return;
                }
                case WalEvent.ServerStopped _ -> {
                    return;
                }
            }
        }
    }

    private Lsn startOf(ReplicationConnection connection, SlotName slot, Timeline timeline) {
        var end = ends.get(timeline);
        if (end != null) {
            return end;
        }
        var start =
                connection.readSlot(slot).orElseThrow().restart().orElseThrow().position();
        begin = segmentStart(start);
        return begin;
    }

    private static Lsn segmentStart(Lsn position) {
        return new Lsn(position.value() / SEGMENT * SEGMENT);
    }

    private synchronized void keep(Timeline timeline, WalEvent.Wal wal) throws IOException {
        var bytes = new byte[wal.bytes().readableBytes()];
        wal.bytes().getBytes(0, bytes);
        try (var file = new RandomAccessFile(folder.resolve(timeline.toString()).toFile(), "rw")) {
            file.seek(wal.start().value());
            file.write(bytes);
        }
        ends.put(timeline, wal.end());
        notifyAll();
    }

    private synchronized Optional<Timeline> latest() {
        return ends.keySet().stream().max(Timeline::compareTo);
    }

    /** Up to where the log is here. */
    void awaitEnd(Lsn position, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (end().isBefore(position)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The log has not come to " + position);
            }
            awaitMore(timeline(), end(), Duration.ofMillis(100));
        }
    }

    @Override
    public synchronized Timeline timeline() {
        return latest().orElse(Timeline.FIRST);
    }

    @Override
    public synchronized Lsn end() {
        return ends.getOrDefault(timeline(), Lsn.INVALID);
    }

    @Override
    public Optional<Bytes> history(Timeline timeline) {
        return Optional.ofNullable(histories.get(timeline));
    }

    @Override
    public synchronized int read(Timeline timeline, Lsn from, byte[] into, int most) throws IOException {
        var end = ends.getOrDefault(timeline, Lsn.INVALID);
        int length = Math.clamp(end.bytesSince(from), 0, most);
        try (var file = new RandomAccessFile(folder.resolve(timeline.toString()).toFile(), "r")) {
            file.seek(from.value());
            file.readFully(into, 0, length);
        }
        return length;
    }

    @Override
    public synchronized void awaitMore(Timeline timeline, Lsn than, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long left = limit.toMillis();
        while (left > 0 && timeline.equals(timeline()) && !than.isBefore(end())) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    /** On a thread of its own; the loss of the server is no surprise. */
    Thread followInBackground(ReplicationConnection connection, SlotName slot) {
        return Thread.ofVirtual().start(() -> {
            try (connection) {
                follow(connection, slot);
            } catch (ReplicationFailure.Lost _) {
                // The server has gone.
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
