package dev.railwaypostgres.playground.conformance.scene;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Two sockets, each of which gets what the other one says. */
record Passage(Socket from, Socket to) {

    /** @param whenOver runs when both sides are silent for good */
    void start(Runnable whenOver) {
        var open = new AtomicInteger(2);
        Runnable end = () -> {
            if (open.decrementAndGet() == 0) {
                close();
                whenOver.run();
            }
        };
        Thread.ofVirtual().start(() -> pass(from, to, end));
        Thread.ofVirtual().start(() -> pass(to, from, end));
    }

    private void pass(Socket speaker, Socket listener, Runnable end) {
        try {
            speaker.setTcpNoDelay(true);
            speaker.getInputStream().transferTo(listener.getOutputStream());
            listener.shutdownOutput();
        } catch (IOException _) {
            close();
        } finally {
            end.run();
        }
    }

    void close() {
        closeQuietly(from);
        closeQuietly(to);
    }

    static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}
