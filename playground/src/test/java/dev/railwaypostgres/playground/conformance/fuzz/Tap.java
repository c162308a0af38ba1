package dev.railwaypostgres.playground.conformance.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Stands between one real client and a server, and writes down what the client says. */
final class Tap implements AutoCloseable {
    private static final int STARTUP = 3 << 16;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    Tap(int target) throws IOException {
        Thread.ofVirtual().start(() -> serve(target));
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve(int target) {
        try (var client = listener.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            var answers = Thread.ofVirtual().start(() -> pass(server, client, _ -> {}));
            pass(client, server, this::write);
            answers.join();
        } catch (IOException _) {
            // The client has gone.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pass(Socket from, Socket to, Consumer<byte[]> witness) {
        try {
            var buffer = new byte[8_192];
            for (int count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                witness.accept(Arrays.copyOf(buffer, count));
                to.getOutputStream().write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            // The client has gone.
        }
    }

    private synchronized void write(byte[] bytes) {
        said.writeBytes(bytes);
    }

    /** What the client has said since its login. */
    synchronized byte[] saidSinceLogin() {
        var bytes = ByteBuffer.wrap(said.toByteArray());
        skipStartup(bytes);
        while (bytes.hasRemaining() && bytes.get(bytes.position()) == 'p') {
            bytes.position(bytes.position() + 1 + bytes.getInt(bytes.position() + 1));
        }
        return Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.limit());
    }

    private static void skipStartup(ByteBuffer bytes) {
        boolean isStartup = false;
        while (!isStartup) {
            isStartup = bytes.getInt(bytes.position() + Integer.BYTES) == STARTUP;
            bytes.position(bytes.position() + bytes.getInt(bytes.position()));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
