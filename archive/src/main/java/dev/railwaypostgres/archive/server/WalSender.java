package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.archive.server.TimelinePath.Fork;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.message.BackendMessage.CommandComplete;
import dev.railwaypostgres.postgres.message.BackendMessage.CopyResponse;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.replication.ReplicationCommand.StartReplication;
import dev.railwaypostgres.postgres.replication.StandbyStatus;
import dev.railwaypostgres.postgres.socket.MessageChannel;
import java.io.IOException;
import java.util.Optional;

/**
 * Answers {@code START_REPLICATION}: the stored log from a position on, as it grows, to the end of its timeline. One thread
 * sends, this one listens to the client, until either of them ends the copy.
 */
final class WalSender {
    private final MessageChannel channel;
    private final Answers answers;
    private final LogSource log;

    WalSender(MessageChannel channel, Answers answers, LogSource log) {
        this.channel = channel;
        this.answers = answers;
        this.log = log;
    }

    void send(StartReplication command) throws IOException, InterruptedException, Refusal {
        var path = TimelinePath.of(log);
        var timeline = command.timeline() == null ? path.newest() : command.timeline();
        var fork = path.forkOf(timeline);
        check(command.start(), timeline, path);
        if (fork.isPresent() && fork.get().position().equals(command.start())) {
            end(fork);
        } else {
            end(copy(new WalFeed(channel, log, timeline, command.start())));
        }
    }

    private void check(Lsn start, Timeline timeline, TimelinePath path) throws Refusal {
        var fork = path.forkOf(timeline);
        boolean beyondFork = fork.isPresent() && fork.get().position().isBefore(start);
        if (!path.contains(timeline) || beyondFork) {
            throw refusal("requested starting point %s on timeline %s is not in this server's history"
                    .formatted(start, timeline));
        }
        if (fork.isEmpty() && log.end().isBefore(start)) {
            throw refusal("requested starting point %s is ahead of the WAL flush position of this server %s"
                    .formatted(start, log.end()));
        }
    }

    private static Refusal refusal(String words) {
        return new Refusal(SqlState.INTERNAL_ERROR, words);
    }

    /** Returns how the timeline ended, if it did. */
    private Optional<Fork> copy(WalFeed feed) throws IOException, InterruptedException {
        answers.copyBegins(CopyResponse.Direction.BOTH);
        var sending = Thread.ofVirtual().name("wal-feed").start(feed);
        try {
            listen(feed);
        } finally {
            feed.stop();
            sending.join();
        }
        if (feed.fork().isEmpty()) {
            answers.copyEnds();
        }
        return feed.fork();
    }

    /** Until the client has ended its side of the copy. */
    private void listen(WalFeed feed) throws IOException {
        for (var frame = channel.next(); frame.tag() != FrontendTag.COPY_DONE; frame = channel.next()) {
            if (frame.tag() == FrontendTag.TERMINATE) {
                throw new IOException("the client has gone");
            }
            if (frame.tag() == FrontendTag.COPY_DATA && wantsAnswer(StandbyStatus.decode(frame.body()))) {
                feed.answerSoon();
            }
        }
    }

    private static boolean wantsAnswer(Optional<StandbyStatus> status) {
        return status.isPresent() && status.get().answerWanted();
    }

    /** Postgres completes the command twice, and its clients count on it. */
    private void end(Optional<Fork> fork) throws IOException {
        if (fork.isPresent()) {
            answers.send(Answers.Table.of("next_tli", "next_tli_startpos")
                    .row(fork.get().next().toString(), fork.get().position().toString())
                    .completedBy("START_STREAMING"));
        } else {
            answers.send(new CommandComplete("START_STREAMING"));
        }
        answers.done("START_REPLICATION");
    }
}
