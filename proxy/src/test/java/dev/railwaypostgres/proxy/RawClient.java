package dev.railwaypostgres.proxy;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.message.Authentication;
import dev.railwaypostgres.postgres.message.BackendDecoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendEncoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.scram.Credentials;
import dev.railwaypostgres.postgres.scram.ScramClient;
import dev.railwaypostgres.postgres.startup.StartupEncoder;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A client that says exactly what a test wants said. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final int port;
    private final Socket plain;
    private Socket socket;
    private @Nullable CancelKey key;

    public RawClient(int port) throws IOException {
        this(port, InetAddress.getLoopbackAddress());
    }

    /** @param from one of this machine's addresses */
    public RawClient(int port, InetAddress from) throws IOException {
        this.port = port;
        this.plain = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
        this.socket = plain;
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    public Socket socket() {
        return socket;
    }

    public void send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    public void send(StartupPacket packet) throws IOException {
        var out = Unpooled.buffer();
        StartupEncoder.encode(packet, out);
        send(bytes(out));
    }

    public void send(FrontendMessage... messages) throws IOException {
        var out = Unpooled.buffer();
        for (var message : messages) {
            FrontendEncoder.encode(message, out);
        }
        send(bytes(out));
    }

    static byte[] bytes(ByteBuf buffer) {
        var bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    /** One byte, or -1 when the other side has closed. */
    public int read() throws IOException {
        return socket.getInputStream().read();
    }

    /** Whether the other side ends the connection without another word. */
    public boolean isClosed() throws IOException {
        try {
            return read() < 0;
        } catch (SocketException _) {
            // It had not read all that was sent.
            return true;
        }
    }

    /** So many bytes, or all there are until the other side closes. */
    public byte[] readBytes(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    public void encrypt(@Nullable String serverName) throws IOException, GeneralSecurityException {
        send(new StartupPacket.SslRequest());
        if (read() != 'S') {
            throw new IOException("no TLS");
        }
        startTls(serverName);
    }

    /** TLS from the first byte on. */
    public void startTls(@Nullable String serverName, String... protocols)
            throws IOException, GeneralSecurityException {
        startTlsBy(clientContext(null), serverName, protocols);
    }

    /** One that takes any certificate. */
    public static SSLContext clientContext(KeyManager @Nullable [] own) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {new TrustAll()}, new SecureRandom());
        return context;
    }

    public void startTlsBy(SSLContext context, @Nullable String serverName, String... protocols) throws IOException {
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
        var parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        if (serverName != null) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        socket = tls;
    }

    public void startup(Map<String, String> parameters) throws IOException {
        startup(ProtocolVersion.V3_0, parameters);
    }

    public void startup(ProtocolVersion version, Map<String, String> parameters) throws IOException {
        send(new StartupPacket.Startup(new StartupMessage(version, parameters)));
    }

    public void logIn() throws IOException, GeneralSecurityException {
        encrypt(null);
        startup(Map.of("user", FakeServer.ROLE, "database", "app"));
        authenticate(FakeServer.PASSWORD);
    }

    public void authenticate(String password) throws IOException {
        var scram = ScramClient.start(new Credentials.Password(password), null, mechanisms(message()));
        send(new FrontendMessage.SaslInitialResponse(scram.mechanism(), scram.first()));
        send(new FrontendMessage.SaslResponse(scram.answer(data(message()))));
        BackendMessage message = message();
        while (!(message instanceof BackendMessage.ReadyForQuery)) {
            if (message instanceof BackendMessage.ErrorResponse(var fields)) {
                throw new IOException(fields.sqlState().code());
            }
            if (message instanceof BackendMessage.BackendKeyData(CancelKey found)) {
                key = found;
            }
            message = message();
        }
    }

    private static List<String> mechanisms(BackendMessage message) throws IOException {
        return switch (message) {
            case Authentication.Sasl(var mechanisms) -> mechanisms;
            case BackendMessage.ErrorResponse(var fields) ->
                throw new IOException(fields.sqlState().code());
            default -> throw new IOException("unexpected: " + message);
        };
    }

    private static Bytes data(BackendMessage message) throws IOException {
        if (message instanceof Authentication.SaslContinue(Bytes data)) {
            return data;
        }
        throw new IOException("unexpected: " + message);
    }

    public BackendMessage message() throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        byte tag = in.readByte();
        return BackendDecoder.decode(tag, Unpooled.wrappedBuffer(in.readNBytes(in.readInt() - 4)));
    }

    private byte tag() throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        byte tag = in.readByte();
        in.readNBytes(in.readInt() - 4);
        return tag;
    }

    public void sendQuery(String text) throws IOException {
        send(new FrontendMessage.Query(text));
    }

    /** The tags of the answer. */
    public String query(String text) throws IOException {
        sendQuery(text);
        return answer();
    }

    /** The tags up to the next {@code ReadyForQuery}. */
    public String answer() throws IOException {
        var tags = new StringBuilder();
        do {
            tags.append((char) tag());
        } while (tags.charAt(tags.length() - 1) != 'Z');
        return tags.toString();
    }

    /** The SQLSTATE of the next error. */
    public String readError() throws IOException {
        while (true) {
            if (message() instanceof BackendMessage.ErrorResponse(var fields)) {
                return fields.sqlState().code();
            }
        }
    }

    public CancelKey key() {
        return Objects.requireNonNull(key, "not logged in");
    }

    public void cancelFromElsewhere() throws IOException, GeneralSecurityException {
        try (var other = new RawClient(port)) {
            other.encrypt(null);
            other.send(new StartupPacket.CancelRequest(key()));
            other.read();
        }
    }

    /** Vanishes without a goodbye. */
    public void reset() throws IOException {
        plain.setSoLinger(true, 0);
        plain.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class TrustAll implements X509TrustManager {
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
