package dev.railwaypostgres.playground.conformance.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Stands between the proxy and Postgres. Shut, its port refuses, as that of a stopped Postgres does. */
final class Gate implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private @Nullable Doorman doorman;

    /** Who lets in through a socket. The port is free when he is gone, not when the socket is closed. */
    private record Doorman(ServerSocket socket, Thread thread) {}

    Gate(int target) throws IOException {
        this.target = target;
        this.port = portToKeep();
        open();
    }

    /** Outside of the range from which outgoing connections take theirs, since it is not held while the gate is shut. */
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

    int port() {
        return port;
    }

    synchronized void open() {
        if (doorman != null) {
            return;
        }
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            doorman = new Doorman(socket, Thread.ofVirtual().start(() -> acceptAll(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets nobody in any more; those inside stay. */
    synchronized void shut() {
        if (doorman == null) {
            return;
        }
        Passage.closeQuietly(doorman.socket());
        try {
            doorman.thread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a gate was shut", e);
        }
        doorman = null;
    }

    int connections() {
        return passages.size();
    }

    /** Nobody is inside when the proxy has seen it. */
    void hangUp() {
        passages.forEach(Passage::hangUp);
    }

    void cut() {
        passages.forEach(Passage::close);
    }

    private void acceptAll(ServerSocket opened) {
        try {
            while (true) {
                var passage = new Passage(opened.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
                passages.add(passage);
                passage.start(() -> passages.remove(passage));
            }
        } catch (IOException _) {
            // Shut.
        }
    }

    @Override
    public void close() {
        shut();
        cut();
    }
}
