package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.BackendMessage.ErrorResponse;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.socket.MessageChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one database's archive to one role until its deadline, then ends by itself: with all sessions. Each session has a
 * virtual thread; there are few of them, and a crowd at the door is turned away before it costs anything.
 */
public final class ArchiveServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveServer.class);

    /** A restore takes two, a standby one; the rest is for those who come again before their last session is noticed dead. */
    private static final int MOST_SESSIONS = 32;

    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(15);

    /** Standbys speak every ten seconds. A base backup is read without a word for as long as it takes. */
    private static final Duration SILENCE_LIMIT = Duration.ofHours(24);

    private final ServerSocket listener;
    private final ServerTls tls;
    private final ServedRole role;
    private final ServedDatabase database;
    private final Clock clock;
    private final Set<Socket> sessions = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService deadline = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("archive-deadline").factory());

    private ArchiveServer(ServerSocket listener, ServerTls tls, ServedRole role, ServedDatabase database, Clock clock) {
        this.listener = listener;
        this.tls = tls;
        this.role = role;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Listens on all addresses.
     *
     * @param port 0 for any that is free
     */
    public static ArchiveServer start(int port, ServerTls tls, ServedRole role, ServedDatabase database, Clock clock)
            throws IOException {
        var listener = new ServerSocket(port, MOST_SESSIONS, (InetAddress) null);
        var server = new ArchiveServer(listener, tls, role, database, clock);
        Thread.ofPlatform().daemon().name("archive-accept").start(server::accept);
        var left = Duration.between(clock.instant(), role.deadline());
        var _ = server.deadline.schedule(server::close, Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
        return server;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Waits for the end. */
    public void awaitClose() throws InterruptedException {
        deadline.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                enter(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.atWarn().setCause(e).log("A connection was lost before it began");
                }
            }
        }
    }

    private void enter(Socket socket) throws IOException {
        if (sessions.size() >= MOST_SESSIONS) {
            socket.close();
            return;
        }
        sessions.add(socket);
        Thread.ofVirtual().name("archive-session").start(() -> serve(socket));
        if (listener.isClosed()) {
            socket.close();
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var channel = new MessageChannel(socket, Sender.CLIENT)) {
            channel.limitSilence(LOGIN_LIMIT);
            serve(channel);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A session ended early");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            sessions.remove(socket);
        }
    }

    private void serve(MessageChannel channel) throws IOException, InterruptedException {
        try {
            if (new Doorway(channel, tls, role, clock).admit(database.facts().versionText())) {
                channel.limitSilence(SILENCE_LIMIT);
                new ArchiveSession(channel, database).serve();
            }
        } catch (ProtocolViolation e) {
            if (!e.isUnspoken()) {
                var words = String.valueOf(e.getMessage());
                new Answers(channel).send(new ErrorResponse(ErrorFields.fatal(e.sqlState(), words)));
            }
        }
    }

    @Override
    public void close() {
        deadline.shutdown();
        try {
            listener.close();
            for (var session : sessions) {
                session.close();
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A socket was closed twice");
        }
    }
}
