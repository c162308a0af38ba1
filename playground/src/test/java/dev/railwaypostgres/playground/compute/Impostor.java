package dev.railwaypostgres.playground.compute;

import dev.railwaypostgres.playground.process.Command;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Somebody in between, with a certificate of his own, who asks for the password in clear. */
final class Impostor implements AutoCloseable {
    private static final int SSL_REQUEST_LENGTH = 8;

    private final SSLContext tls;
    private final ServerSocket server = new ServerSocket(0);
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    private Impostor(SSLContext tls) throws IOException {
        this.tls = tls;
        Thread.ofVirtual().name("impostor").start(this::serve);
    }

    static Impostor start(Path folder) throws Exception {
        return new Impostor(tls(folder));
    }

    ComputeAddress address() {
        return new ComputeAddress("127.0.0.1", server.getLocalPort());
    }

    /** All that was said to him once the connection was encrypted. */
    String heard() {
        synchronized (heard) {
            return heard.toString(StandardCharsets.UTF_8);
        }
    }

    private void serve() {
        try (var plain = server.accept()) {
            plain.getInputStream().readNBytes(SSL_REQUEST_LENGTH);
            plain.getOutputStream().write('S');
            talk(encrypted(plain));
        } catch (IOException _) {
            // The client hung up, which is what it should do.
        }
    }

    private SSLSocket encrypted(Socket plain) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private void talk(SSLSocket socket) throws IOException {
        readStartup(socket.getInputStream());
        var askForPassword = ByteBuffer.allocate(9).put((byte) 'R').putInt(8).putInt(3);
        socket.getOutputStream().write(askForPassword.array());
        for (int next = socket.getInputStream().read();
                next >= 0;
                next = socket.getInputStream().read()) {
            synchronized (heard) {
                heard.write(next);
            }
        }
    }

    private static void readStartup(InputStream input) throws IOException {
        var length = ByteBuffer.wrap(input.readNBytes(Integer.BYTES)).getInt();
        input.readNBytes(length - Integer.BYTES);
    }

    private static SSLContext tls(Path folder) throws Exception {
        var store = folder.resolve("impostor.p12");
        var made = Command.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "impostor",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=postgres",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "impostor",
                        "-keystore",
                        store.toString())
                .run();
        if (!made.succeeded()) {
            throw new IllegalStateException(made.errors());
        }
        var keys = KeyStore.getInstance("PKCS12");
        try (var input = Files.newInputStream(store)) {
            keys.load(input, "impostor".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "impostor".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
