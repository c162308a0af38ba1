package dev.railwaypostgres.playground.conformance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Where to connect to on this machine: Postgres, which insists on TLS here, or the proxy, which does not. */
public record Server(int port, boolean isEncrypted) {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private static final SSLSocketFactory TLS = trustingAnybody();

    /**
     * A connection.
     *
     * @param socket to talk through
     * @param bare what carries it, the same without encryption
     */
    record Line(Socket socket, Socket bare) {}

    Line open() throws IOException {
        var bare = openPlain();
        bare.setTcpNoDelay(true);
        return new Line(isEncrypted ? encrypted(bare) : bare, bare);
    }

    /** Returns when it has answered an innocent question. */
    public void greet() {
        try (var socket = openPlain()) {
            socket.getOutputStream().write(SSL_REQUEST);
            socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without encryption: cancel requests need none. */
    Socket openPlain() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private Socket encrypted(Socket plain) throws IOException {
        plain.getOutputStream().write(SSL_REQUEST);
        if (plain.getInputStream().read() != 'S') {
            throw new IOException("the server speaks no TLS");
        }
        return TLS.createSocket(plain, "127.0.0.1", port, true);
    }

    private static SSLSocketFactory trustingAnybody() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
