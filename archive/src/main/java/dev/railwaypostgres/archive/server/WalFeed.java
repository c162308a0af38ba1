package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.archive.server.TimelinePath.Fork;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.message.BackendMessage.ErrorResponse;
import dev.railwaypostgres.postgres.replication.WalEvent;
import dev.railwaypostgres.postgres.socket.MessageChannel;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of a log that is followed. Ends when it is told to, or where the log goes on in another timeline. When
 * something is wrong, it says so and closes the connection, as a server that dies would; clients come again.
 */
final class WalFeed implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WalFeed.class);

    /** Clients rely on it that no message ends within a record, but where the log ends or a page does. */
    private static final int PAGE = 8192;

    private static final int MOST_AT_ONCE = 16 * PAGE;

    /** So soon it notices that it is to end, and that the log goes on. */
    private static final Duration GLANCE = Duration.ofMillis(100);

    /** Receivers give up after a minute of silence. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private final MessageChannel channel;
    private final Answers answers;
    private final LogSource log;
    private final Timeline timeline;
    private final byte[] piece = new byte[MOST_AT_ONCE];

    private Lsn position;
    private long lastSent = System.nanoTime();
    private @Nullable Fork fork;
    private boolean ended;
    private volatile boolean stopped;
    private volatile boolean answerWanted;

    WalFeed(MessageChannel channel, LogSource log, Timeline timeline, Lsn start) {
        this.channel = channel;
        this.answers = new Answers(channel);
        this.log = log;
        this.timeline = timeline;
        this.position = start;
    }

    void stop() {
        stopped = true;
    }

    /** The client wants a sign of life. */
    void answerSoon() {
        answerWanted = true;
    }

    /** Where and how the timeline ended; only then has this side ended the copy. To be asked after the end only. */
    Optional<Fork> fork() {
        return ended ? Optional.ofNullable(fork) : Optional.empty();
    }

    @Override
    public void run() {
        try {
            feed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp("the archive is being closed");
        } catch (IOException | RuntimeException e) {
            if (!stopped) {
                LOG.atWarn().addKeyValue("position", position).setCause(e).log("The log cannot be served any further");
                giveUp("the archive cannot read its log at " + position);
            }
        }
    }

    private void feed() throws IOException, InterruptedException {
        while (!stopped && !ended) {
            noteFork();
            if (fork != null && !position.isBefore(fork.position())) {
                ended = true;
                answers.copyEnds();
            } else if (!sendPiece()) {
                log.awaitMore(timeline, position, GLANCE);
            }
            keepAlive();
        }
    }

    /** The newest timeline may have become an old one meanwhile. */
    private void noteFork() throws IOException {
        if (fork == null && !log.timeline().equals(timeline)) {
            fork = TimelinePath.of(log)
                    .forkOf(timeline)
                    .orElseThrow(() -> new IOException("the archive has gone on from another timeline"));
        }
    }

    private boolean sendPiece() throws IOException {
        int length = read();
        if (length == 0) {
            return false;
        }
        var wal = new WalEvent.Wal(position, end(), Instant.now(), Unpooled.wrappedBuffer(piece, 0, length));
        answers.copy(out -> WalEvent.encode(wal, out));
        position = position.plus(length);
        lastSent = System.nanoTime();
        return true;
    }

    /** Reads up to the end of a page, or as far as the log goes. */
    private int read() throws IOException {
        int wanted = MOST_AT_ONCE - (int) (position.value() % PAGE);
        if (fork != null) {
            wanted = (int) Math.min(wanted, fork.position().bytesSince(position));
        }
        int length = log.read(timeline, position, piece, wanted);
        if (length == 0 && position.isBefore(end())) {
            throw new IOException("the archive has a gap at " + position);
        }
        return length;
    }

    private Lsn end() {
        return fork == null ? log.end() : fork.position();
    }

    private void keepAlive() throws IOException {
        boolean due = System.nanoTime() - lastSent > KEEP_ALIVE.toNanos();
        if (!ended && (due || answerWanted)) {
            answerWanted = false;
            answers.copy(out -> WalEvent.encode(new WalEvent.KeepAlive(position, Instant.now(), false), out));
            lastSent = System.nanoTime();
        }
    }

    private void giveUp(String words) {
        try {
            answers.send(new ErrorResponse(ErrorFields.fatal(SqlState.INTERNAL_ERROR, words)));
            channel.close();
        } catch (IOException _) {
            // The client has gone first.
        }
    }
}
