package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.message.BackendTag;
import java.io.IOException;
import java.util.List;

/**
 * A base backup under way. It cannot be resumed: whoever loses it begins anew, and the server cleans up by itself.
 *
 * <p>A damaged page is reported after all data has come, as {@link Reason#DATA_CORRUPTED} in place of the end.
 */
public final class BaseBackupStream {
    private final Session session;
    private final Lsn start;
    private final Timeline timeline;
    private final List<Tablespace> tablespaces;

    private BaseBackupStream(Session session, Row start, List<Tablespace> tablespaces) {
        this.session = session;
        this.start = Lsn.parse(start.text(0));
        this.timeline = Timeline.parse(start.text(1));
        this.tablespaces = List.copyOf(tablespaces);
    }

    static BaseBackupStream begin(Session session) throws IOException {
        var start = session.oneResult(session.next());
        var tablespaces = session.oneResult(session.next());
        Session.expect(BackendTag.COPY_OUT_RESPONSE, session.next());
        if (start.size() != 1) {
            throw new ProtocolViolation("a base backup has one start");
        }
        return new BaseBackupStream(
                session,
                start.getFirst(),
                tablespaces.stream().map(Tablespace::of).toList());
    }

    /** From where on the log is needed to make the copy consistent. */
    public Lsn start() {
        return start;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** In the order of their archives; the data directory comes last. */
    public List<Tablespace> tablespaces() {
        return tablespaces;
    }

    /**
     * Waits for the next event. After {@link BackupEvent.Finished} the connection takes commands again.
     *
     * @throws ReplicationFailure when there will be none
     */
    public BackupEvent next() {
        return Session.exchange(() -> {
            var frame = session.next();
            return switch (frame.tag()) {
                case BackendTag.COPY_DATA -> BackupEvent.decode(frame.body());
                case BackendTag.COPY_DONE -> finished();
                default -> throw Session.unexpected(frame);
            };
        });
    }

    private BackupEvent finished() throws IOException {
        var rows = session.rows(session.next());
        if (rows.size() != 1) {
            throw new ProtocolViolation("a base backup has one end");
        }
        var row = rows.getFirst();
        return new BackupEvent.Finished(Lsn.parse(row.text(0)), Timeline.parse(row.text(1)));
    }
}
