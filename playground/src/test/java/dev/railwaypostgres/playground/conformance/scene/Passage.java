package dev.railwaypostgres.playground.conformance.scene;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
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

    /** Until both have fallen silent, whoever it is that breaks off. */
    private static void pass(Socket speaker, Socket listener, Runnable end) {
        try {
            speaker.setTcpNoDelay(true);
            speaker.getInputStream().transferTo(listener.getOutputStream());
        } catch (IOException _) {
            hearOut(speaker);
        } finally {
            closeQuietly(listener::shutdownOutput);
            end.run();
        }
    }

    private static void hearOut(Socket speaker) {
        try {
            speaker.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // It has gone.
        }
    }

    /** Postgres' side only. It is over when the proxy has seen that and closed its own. */
    void hangUp() {
        closeQuietly(to);
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
