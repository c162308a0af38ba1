package dev.railwaypostgres.proxy;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A scripted Postgres over real sockets: TLS, SCRAM with channel binding, and a handful of statements. Asleep, its port
 * refuses.
 */
public final class FakeServer implements AutoCloseable {
    public static final String ROLE = "app";
    public static final String PASSWORD = "secret";
    public static final ScramVerifier VERIFIER = ScramVerifier.ofPassword(PASSWORD);

    public final List<FakeServerSession> sessions = new CopyOnWriteArrayList<>();
    public final List<String> statements = new CopyOnWriteArrayList<>();
    public final AtomicInteger cancels = new AtomicInteger();
    public final AtomicInteger logins = new AtomicInteger();

    /** Queries that are answered in their own way, by their texts. */
    public final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** Logins get this instead. */
    public volatile @Nullable ErrorFields refusal;

    /** What a server does when it is asked something. */
    @FunctionalInterface
    public interface Answer {
        void give(FakeServerSession session) throws IOException;
    }

    /** Told at each login. */
    public volatile String version = "17.11";

    /** Logins get 57P03 instead. */
    public volatile boolean isStarting;

    private final int port;
    private @Nullable ServerSocket listener;

    public FakeServer() throws IOException {
        port = portToKeep();
    }

    /** Outside of the range from which outgoing connections take theirs, since it is not held while the server sleeps. */
    private static int portToKeep() throws IOException {
        while (true) {
            int candidate = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (var _ = new ServerSocket(candidate, 50, InetAddress.getLoopbackAddress())) {
                return candidate;
            } catch (BindException _) {
                // Somebody else's; the next one may be free.
            }
        }
    }

    public int port() {
        return port;
    }

    public synchronized void wake() {
        if (listener != null) {
            return;
        }
        try {
            var open = new ServerSocket();
            open.setReuseAddress(true);
            open.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            listener = open;
            Thread.ofVirtual().start(() -> acceptAll(open));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Refuses new connections; those that are open stay. */
    public synchronized void sleep() throws IOException {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** How many sessions are open now. */
    public long open() {
        return sessions.stream().filter(FakeServerSession::isOpen).count();
    }

    private void acceptAll(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                Socket socket = open.accept();
                Thread.ofVirtual().start(new FakeServerSession(this, socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        sleep();
        for (var session : sessions) {
            session.cut();
        }
    }
}
