package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SystemIdentifier;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.socket.MessageChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A connection to a walsender, for one thread at a time. Each method waits for the server's answer and throws
 * {@link ReplicationFailure} when it is no.
 *
 * <p>Nothing in the database has to be prepared: Postgres' own defaults suffice. While a stream is under way, only the
 * stream is to be used.
 */
public final class ReplicationConnection implements AutoCloseable {
    /** Whoever follows a log hears from it twice in the 60 seconds of {@code wal_sender_timeout}. */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private final MessageChannel channel;
    private final Session session;

    private ReplicationConnection(MessageChannel channel) {
        this.channel = channel;
        this.session = new Session(channel);
    }

    public static ReplicationConnection open(Server server, Login login) {
        return new ReplicationConnection(Session.exchange(() -> Dial.dial(server, login))).limitSilence(SILENCE);
    }

    /**
     * How long the server may say nothing at all, from now on; 90 seconds at first. A base backup is silent while its
     * checkpoint lasts.
     */
    public ReplicationConnection limitSilence(Duration limit) {
        return Session.exchange(() -> {
            channel.limitSilence(limit);
            return this;
        });
    }

    public SystemIdentity identify() {
        return Session.exchange(() -> {
            var row = one(run(new ReplicationCommand.IdentifySystem()));
            return new SystemIdentity(
                    SystemIdentifier.parse(row.text(0)), Timeline.parse(row.text(1)), Lsn.parse(row.text(2)));
        });
    }

    /** The value of a setting, as {@code SHOW} prints it. */
    public String show(String setting) {
        return Session.exchange(
                () -> one(run(new ReplicationCommand.Show(setting))).text(0));
    }

    /** As a number: 170011 for 17.11. */
    public int version() {
        return Session.exchange(() -> Integer.parseInt(show("server_version_num")));
    }

    /** Empty when there is no such slot. */
    public Optional<SlotPosition> readSlot(SlotName slot) {
        return Session.exchange(() -> {
            var row = one(run(new ReplicationCommand.ReadSlot(slot)));
            return row.optionalText(0).map(_ -> new SlotPosition(start(row)));
        });
    }

    private static Optional<SlotPosition.Start> start(Row row) {
        return row.optionalText(1)
                .map(Lsn::parse)
                .map(position -> new SlotPosition.Start(position, Timeline.parse(row.text(2))));
    }

    /** Makes a slot that keeps the log from the last checkpoint on: all that a base backup taken later needs. */
    public void createSlot(SlotName slot) {
        Session.exchange(() -> run(new ReplicationCommand.CreateSlot(slot, false)));
    }

    public void dropSlot(SlotName slot) {
        Session.exchange(() -> run(new ReplicationCommand.DropSlot(slot)));
    }

    /**
     * From where a timeline comes. The first has no history: asking for it is refused as {@link Reason#WAL_MISSING}.
     */
    public TimelineHistory history(Timeline timeline) {
        return Session.exchange(() -> {
            var row = one(run(new ReplicationCommand.History(timeline)));
            var content = row.bytes(1).orElseThrow(() -> new ProtocolViolation("the history file has no content"));
            return new TimelineHistory(row.text(0), content);
        });
    }

    /** Follows the log of a timeline, and tells the slot how far it need not be kept. */
    public WalStream follow(SlotName slot, Lsn start, Timeline timeline) {
        return Session.exchange(() -> {
            send(new ReplicationCommand.StartReplication(slot, start, timeline));
            return new WalStream(session, session.next());
        });
    }

    public BaseBackupStream baseBackup(BackupOptions options) {
        return Session.exchange(() -> {
            send(new ReplicationCommand.BaseBackup(options));
            return BaseBackupStream.begin(session);
        });
    }

    /** Runs statements; only with a database. */
    public List<Row> query(String statements) {
        return Session.exchange(() -> session.run(statements));
    }

    private List<Row> run(ReplicationCommand command) throws IOException {
        return session.run(command.text());
    }

    private void send(ReplicationCommand command) throws IOException {
        session.send(new FrontendMessage.Query(command.text()));
    }

    private static Row one(List<Row> rows) {
        if (rows.size() != 1) {
            throw new ProtocolViolation("one row was expected, not " + rows.size());
        }
        return rows.getFirst();
    }

    /** Ends the connection, also from another thread, and whatever is under way with it. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (IOException _) {
            // It has ended already.
        }
    }
}
