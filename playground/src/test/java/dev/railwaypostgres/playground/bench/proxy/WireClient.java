package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.message.Authentication;
import dev.railwaypostgres.postgres.message.BackendDecoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.CopyData;
import dev.railwaypostgres.postgres.message.CopyDone;
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
import java.util.List;
import java.util.Map;

/** A client that holds nothing but its socket, so that one process can be thousands of them. */
final class WireClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int LENGTH_OF_LENGTH = 4;

    /** What the kernel sees. */
    private final Socket transport;

    /** The same, or the encrypted one on top of it. */
    private Socket socket;

    private WireClient(int port) throws IOException {
        transport = new Socket(InetAddress.getLoopbackAddress(), port);
        transport.setTcpNoDelay(true);
        transport.setSoTimeout(TIMEOUT_MILLIS);
        socket = transport;
    }

    /** Logs in unencrypted. */
    static WireClient connect(int port, String database) throws IOException {
        return connect(port, database, false);
    }

    static WireClient connect(int port, String database, boolean isEncrypted) throws IOException {
        var client = new WireClient(port);
        try {
            if (isEncrypted) {
                client.encrypt(port);
            }
            client.logIn(database);
            return client;
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void encrypt(int port) throws IOException {
        send(new StartupPacket.SslRequest());
        if (socket.getInputStream().read() != 'S') {
            throw new IOException("no TLS");
        }
        // What is left of it when it is collected as garbage must not close the connection.
        socket = AnyCertificate.sockets().createSocket(transport, "127.0.0.1", port, false);
    }

    /** From now on the client can only be there: its side of the encryption, which weighs far more than a socket, is forgotten. */
    void retire() {
        socket = transport;
    }

    private void logIn(String database) throws IOException {
        var parameters = Map.of("user", Account.ROLE, "database", database, "application_name", "bench");
        send(new StartupPacket.Startup(new StartupMessage(ProtocolVersion.V3_0, parameters)));
        var scram = ScramClient.start(new Credentials.Password(Account.PASSWORD), null, mechanisms());
        send(new FrontendMessage.SaslInitialResponse(scram.mechanism(), scram.first()));
        send(new FrontendMessage.SaslResponse(scram.answer(challenge())));
        awaitReady();
    }

    private List<String> mechanisms() throws IOException {
        var message = receive();
        if (message instanceof Authentication.Sasl(List<String> mechanisms)) {
            return mechanisms;
        }
        throw new IOException("no SCRAM is asked for: " + message);
    }

    private Bytes challenge() throws IOException {
        var message = receive();
        if (message instanceof Authentication.SaslContinue(Bytes data)) {
            return data;
        }
        throw new IOException("no challenge: " + message);
    }

    /** Runs a statement to its end. */
    void run(String statement) throws IOException {
        send(new FrontendMessage.Query(statement));
        awaitReady();
    }

    private void awaitReady() throws IOException {
        while (!(receive() instanceof BackendMessage.ReadyForQuery)) {
            // Whatever else there is was asked for by nobody.
        }
    }

    private BackendMessage receive() throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        byte tag = in.readByte();
        var body = in.readNBytes(in.readInt() - LENGTH_OF_LENGTH);
        var message = BackendDecoder.decode(tag, Unpooled.wrappedBuffer(body));
        if (message instanceof BackendMessage.ErrorResponse error) {
            throw new IOException(error.toString());
        }
        return message;
    }

    /** Runs a statement and lets its answer pass by; returns how many bytes that was. */
    long drain(String statement) throws IOException {
        send(new FrontendMessage.Query(statement));
        return new AnswerSkipper(socket.getInputStream()).skip();
    }

    /** Runs a {@code COPY … FROM STDIN} with the same block of lines again and again; returns how many bytes of them went out. */
    long copyIn(String statement, byte[] lines, int times) throws IOException {
        send(new FrontendMessage.Query(statement));
        if (!(receive() instanceof BackendMessage.CopyResponse)) {
            throw new IOException("the server wants no copy");
        }
        var message = Unpooled.buffer();
        FrontendEncoder.encode(new CopyData(Bytes.copyOf(lines)), message);
        var block = bytes(message);
        for (int time = 0; time < times; time++) {
            socket.getOutputStream().write(block);
        }
        send(new CopyDone());
        awaitReady();
        return (long) lines.length * times;
    }

    private void send(StartupPacket packet) throws IOException {
        var out = Unpooled.buffer();
        StartupEncoder.encode(packet, out);
        socket.getOutputStream().write(bytes(out));
    }

    private void send(FrontendMessage message) throws IOException {
        var out = Unpooled.buffer();
        FrontendEncoder.encode(message, out);
        socket.getOutputStream().write(bytes(out));
    }

    private static byte[] bytes(ByteBuf buffer) {
        var bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
