package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.message.BackendTag;
import dev.railwaypostgres.postgres.socket.Frame;
import java.io.IOException;

/**
 * A server's log as it grows. One thread asks for events; any thread may acknowledge, and somebody must do so every ten
 * seconds or so, also while nobody reads: silence ends the connection after {@code wal_sender_timeout}.
 *
 * <p>Events come until {@link WalEvent.TimelineEnded} or {@link WalEvent.ServerStopped}. A refusal may come instead of the
 * first of them: the server says that it sends before it looks for what to send.
 */
public final class WalStream {
    private final Session session;
    private final Frame first;
    private boolean started;

    /** @param first the server's answer to the command: a copy, or at once where the timeline goes on */
    WalStream(Session session, Frame first) {
        this.session = session;
        this.first = first;
        this.started = first.tag() == BackendTag.COPY_BOTH_RESPONSE;
    }

    /**
     * Waits for the next event.
     *
     * @throws ReplicationFailure when there will be none
     */
    public WalEvent next() {
        return Session.exchange(this::read);
    }

    private WalEvent read() throws IOException {
        if (!started) {
            return timelineEnded(first);
        }
        var frame = session.next();
        return switch (frame.tag()) {
            case BackendTag.COPY_DATA -> WalEvent.decode(frame.body());
            case BackendTag.COPY_DONE -> {
                session.endCopy();
                yield timelineEnded(session.next());
            }
            case BackendTag.COMMAND_COMPLETE -> new WalEvent.ServerStopped();
            default -> throw Session.unexpected(frame);
        };
    }

    private WalEvent timelineEnded(Frame answer) throws IOException {
        var rows = session.rows(answer);
        if (rows.size() != 1) {
            throw new ProtocolViolation("a timeline ends without a next one");
        }
        var row = rows.getFirst();
        return new WalEvent.TimelineEnded(Timeline.parse(row.text(0)), Lsn.parse(row.text(1)));
    }

    /** Tells the server how far we are. */
    public void acknowledge(StandbyStatus status) {
        Session.exchange(() -> {
            session.sendCopy(status::encode);
            return status;
        });
    }

    /** Ends the copy, reading past what is under way. The connection takes commands again. */
    public void stop() {
        Session.exchange(() -> {
            session.endCopy();
            var frame = session.next();
            while (frame.tag() == BackendTag.COPY_DATA) {
                frame = session.next();
            }
            return session.rows(frame);
        });
    }
}
