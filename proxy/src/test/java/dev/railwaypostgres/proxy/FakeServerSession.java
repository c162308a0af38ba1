package dev.railwaypostgres.proxy;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.Authentication;
import dev.railwaypostgres.postgres.message.BackendEncoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.Column;
import dev.railwaypostgres.postgres.message.CopyDone;
import dev.railwaypostgres.postgres.message.FrontendDecoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.scram.ChannelBinding;
import dev.railwaypostgres.postgres.scram.ScramOutcome;
import dev.railwaypostgres.postgres.scram.ScramServer;
import dev.railwaypostgres.postgres.startup.StartupDecoder;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One session of the scripted server. */
public final class FakeServerSession implements Runnable {
    private static final Map<Integer, FakeServerSession> BY_PROCESS = new ConcurrentHashMap<>();

    public final Map<String, String> settings = new ConcurrentHashMap<>();
    public final Map<String, String> prepared = new ConcurrentHashMap<>();

    private final FakeServer server;
    private final Socket plain;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Map<String, String> portals = new HashMap<>();
    private Socket socket;
    private TransactionStatus status = TransactionStatus.IDLE;
    private boolean skipsToSync;
    private volatile boolean isLoggedIn;

    FakeServerSession(FakeServer server, Socket plain) {
        this.server = server;
        this.plain = plain;
        this.socket = plain;
    }

    private boolean holdsTemporaryTable;

    public boolean isOpen() {
        return isLoggedIn && !plain.isClosed();
    }

    /** Ends like a backend that was told to terminate. */
    public void terminate() throws IOException {
        send(new BackendMessage.ErrorResponse(
                ErrorFields.fatal(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command")));
        cut();
    }

    /** Ends without a word. */
    public void cut() throws IOException {
        plain.close();
    }

    @Override
    public void run() {
        try (plain) {
            var first = startup();
            if (first instanceof StartupPacket.SslRequest) {
                plain.getOutputStream().write('S');
                var tls = (SSLSocket) TestCertificate.get()
                        .serverContext()
                        .getSocketFactory()
                        .createSocket(plain, "localhost", plain.getPort(), true);
                tls.setUseClientMode(false);
                socket = tls;
                first = startup();
            }
            switch (first) {
                case StartupPacket.CancelRequest(CancelKey key) -> cancel(key);
                case StartupPacket.Startup(var message) -> {
                    settings.putAll(message.parameters());
                    login();
                }
                case StartupPacket.SslRequest _, StartupPacket.GssEncRequest _ -> throw new IOException("twice");
            }
        } catch (IOException | GeneralSecurityException _) {
            // The other side has gone, or the test has cut the line.
        }
    }

    private void cancel(CancelKey key) {
        server.cancels.incrementAndGet();
        var session = BY_PROCESS.get(key.processId());
        if (session != null) {
            session.cancelled.countDown();
        }
    }

    private StartupPacket startup() throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        int length = in.readInt();
        var packet = Unpooled.buffer(length).writeInt(length).writeBytes(in.readNBytes(length - 4));
        return StartupDecoder.decode(packet).orElseThrow();
    }

    private void login() throws IOException, GeneralSecurityException {
        var refusal = server.refusal;
        if (refusal != null) {
            send(new BackendMessage.ErrorResponse(refusal));
            return;
        }
        if (server.isStarting) {
            send(new BackendMessage.ErrorResponse(
                    ErrorFields.fatal(SqlState.CANNOT_CONNECT_NOW, "the database system is starting up")));
            return;
        }
        var binding = ChannelBinding.ofCertificate(TestCertificate.get().certificate())
                .orElseThrow();
        var scram = new ScramServer(FakeServer.VERIFIER, binding);
        send(new Authentication.Sasl(ScramServer.mechanisms(binding)));
        var first = FrontendDecoder.decodeSaslInitialResponse(read().body());
        var data = first.data() == null ? Bytes.EMPTY : first.data();
        send(new Authentication.SaslContinue(scram.begin(first.mechanism(), data)));
        var outcome =
                scram.finish(FrontendDecoder.decodeSaslResponse(read().body()).data());
        if (!(outcome instanceof ScramOutcome.Authenticated(var serverFinal, var _))) {
            send(new BackendMessage.ErrorResponse(ErrorFields.fatal(SqlState.INVALID_PASSWORD, "wrong password")));
            return;
        }
        int process = server.logins.incrementAndGet();
        BY_PROCESS.put(process, this);
        server.sessions.add(this);
        isLoggedIn = true;
        send(
                new Authentication.SaslFinal(serverFinal),
                new Authentication.Ok(),
                new BackendMessage.ParameterStatus("server_version", server.version),
                new BackendMessage.ParameterStatus("application_name", settings.getOrDefault("application_name", "")),
                new BackendMessage.BackendKeyData(new CancelKey(process, Bytes.of("abcd"))),
                new BackendMessage.ReadyForQuery(status));
        talk();
    }

    private record Message(byte tag, ByteBuf body) {}

    private Message read() throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        byte tag = in.readByte();
        return new Message(tag, Unpooled.wrappedBuffer(in.readNBytes(in.readInt() - 4)));
    }

    private void talk() throws IOException {
        for (var message = read(); message.tag() != FrontendTag.TERMINATE; message = read()) {
            var decoded = FrontendDecoder.decode(message.tag(), message.body());
            if (skipsToSync && !(decoded instanceof FrontendMessage.Sync)) {
                continue;
            }
            answer(decoded);
        }
    }

    private void answer(FrontendMessage message) throws IOException {
        switch (message) {
            case FrontendMessage.Query(String text)
            when server.answers.containsKey(text) -> {
                server.statements.add(text);
                server.answers.get(text).give(this);
            }
            case FrontendMessage.Query(String text) -> {
                for (var statement : text.split(";", -1)) {
                    execute(statement.strip(), true);
                }
                send(new BackendMessage.ReadyForQuery(status));
            }
            case FrontendMessage.Parse(String name, String text, var _) -> {
                prepared.put(name, text);
                send(new BackendMessage.ParseComplete());
            }
            case FrontendMessage.Bind bind -> bind(bind);
            case FrontendMessage.Describe(var target, String name) -> describe(target, name);
            case FrontendMessage.Execute(String portal, int _) -> execute(portals.getOrDefault(portal, ""), false);
            case FrontendMessage.Close(var target, String name) -> {
                (target == FrontendMessage.Target.STATEMENT ? prepared : portals).remove(name);
                send(new BackendMessage.CloseComplete());
            }
            case FrontendMessage.Sync _ -> {
                skipsToSync = false;
                send(new BackendMessage.ReadyForQuery(status));
            }
            case CopyDone _ ->
                send(new BackendMessage.CommandComplete("COPY 1"), new BackendMessage.ReadyForQuery(status));
            default -> {
                // Flush, and what the tests do not use.
            }
        }
    }

    private void bind(FrontendMessage.Bind bind) throws IOException {
        var text = prepared.get(bind.statement());
        if (text == null) {
            skipsToSync = true;
            fail(SqlState.INVALID_SQL_STATEMENT_NAME, "prepared statement does not exist");
            return;
        }
        portals.put(bind.portal(), text);
        send(new BackendMessage.BindComplete());
    }

    private void describe(FrontendMessage.Target target, String name) throws IOException {
        var text = target == FrontendMessage.Target.STATEMENT ? prepared.get(name) : portals.get(name);
        if (target == FrontendMessage.Target.STATEMENT) {
            send(new BackendMessage.ParameterDescription(List.of()));
        }
        send(returnsRows(text) ? rowDescription() : new BackendMessage.NoData());
    }

    private static boolean returnsRows(@Nullable String text) {
        var upper = String.valueOf(text).toUpperCase(Locale.ROOT);
        return upper.startsWith("SELECT") || upper.startsWith("SHOW") || upper.startsWith("BIG");
    }

    private static BackendMessage rowDescription() {
        return new BackendMessage.RowDescription(List.of(Column.text("answer")));
    }

    private void execute(String statement, boolean describes) throws IOException {
        server.statements.add(statement);
        var words = statement.split("\\s+", -1);
        if (statement.startsWith("SELECT 'setting'")) {
            tellWhatThereIs();
            return;
        }
        if (describes && returnsRows(statement)) {
            send(rowDescription());
        }
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "BEGIN" -> finish("BEGIN", TransactionStatus.IN_TRANSACTION);
            case "COMMIT" -> finish("COMMIT", TransactionStatus.IDLE);
            case "ROLLBACK" -> finish("ROLLBACK", TransactionStatus.IDLE);
            case "SET" -> set(words[1].toLowerCase(Locale.ROOT), words[words.length - 1].replace("'", ""));
            case "SHOW" -> row(settings.getOrDefault(words[1].toLowerCase(Locale.ROOT), ""));
            case "BIG" -> big(Integer.parseInt(words[1]));
            case "SLEEP" -> awaitCancel();
            case "DIE" -> terminate();
            case "RESET" -> {
                settings.remove(words[1].toLowerCase(Locale.ROOT));
                finish("RESET", status);
            }
            case "DISCARD" -> {
                prepared.clear();
                holdsTemporaryTable = false;
                finish("DISCARD ALL", status);
            }
            case "LISTEN" -> finish("LISTEN", status);
            case "CREATE" -> {
                holdsTemporaryTable = true;
                finish("CREATE TABLE", status);
            }
            case "" -> send(new BackendMessage.EmptyQueryResponse());
            default -> row("answer to " + statement);
        }
    }

    private void set(String name, String value) throws IOException {
        settings.put(name, value);
        finish("SET", status);
        if (name.equals("application_name")) {
            send(new BackendMessage.ParameterStatus(name, value));
        }
    }

    /** Answers the proxy's question after what a session has left. */
    private void tellWhatThereIs() throws IOException {
        send(new BackendMessage.RowDescription(
                List.of(Column.text("what"), Column.text("name"), Column.text("value"))));
        var role = Bytes.of(FakeServer.ROLE);
        send(new BackendMessage.DataRow(List.of(Bytes.of("user"), role, role)));
        if (holdsTemporaryTable) {
            send(new BackendMessage.DataRow(List.of(Bytes.of("TEMPORARY_OBJECT"), Bytes.EMPTY, Bytes.EMPTY)));
        }
        finish("SELECT", status);
    }

    private void finish(String tag, TransactionStatus now) throws IOException {
        status = now;
        send(new BackendMessage.CommandComplete(tag));
    }

    private void row(String value) throws IOException {
        send(new BackendMessage.DataRow(List.of(Bytes.of(value))), new BackendMessage.CommandComplete("SELECT 1"));
    }

    private void big(int rows) throws IOException {
        var row = new BackendMessage.DataRow(List.of(Bytes.of("x".repeat(1000))));
        for (int i = 0; i < rows; i++) {
            send(row);
        }
        send(new BackendMessage.CommandComplete("SELECT " + rows));
    }

    private void awaitCancel() throws IOException {
        try {
            if (cancelled.await(20, TimeUnit.SECONDS)) {
                fail(SqlState.QUERY_CANCELED, "canceling statement due to user request");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void fail(SqlState sqlState, String text) throws IOException {
        send(new BackendMessage.ErrorResponse(ErrorFields.error(sqlState, text)));
    }

    /** Says it whether it was asked or not. */
    public void send(BackendMessage... messages) throws IOException {
        var out = Unpooled.buffer();
        for (var message : messages) {
            BackendEncoder.encode(message, out);
        }
        send(ByteBufUtil.getBytes(out));
    }

    /** Says it, whatever it means. */
    public synchronized void send(byte... bytes) throws IOException {
        OutputStream stream = socket.getOutputStream();
        stream.write(bytes);
        stream.flush();
    }
}
