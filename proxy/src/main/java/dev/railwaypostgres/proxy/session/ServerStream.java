package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.Severity;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendDecoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.BackendTag;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.proxy.park.ClientStatements.Named;
import dev.railwaypostgres.proxy.park.SessionMemory;
import dev.railwaypostgres.proxy.pool.ServerConnection;
import dev.railwaypostgres.proxy.pool.Traffic;
import dev.railwaypostgres.proxy.relay.Conversation;
import dev.railwaypostgres.proxy.relay.Sequel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the server connection that a session has at the moment sends: relayed, matched to what was asked, and looked into where
 * it tells of the session's state. What the proxy asked for itself does not reach the client.
 */
final class ServerStream implements Traffic {
    private static final int LOOK_LIMIT = 1 << 20;

    private final ClientSession session;
    private final SessionMemory memory;
    private final Reported told;

    private @Nullable ServerConnection server;

    /** What is taken out of the stream goes to the client all the same, and what is due behind it follows. */
    private boolean isTakenForClient;

    /** A name in what is taken that the client knows otherwise. */
    private Sequel.@Nullable Alias alias;

    private boolean hasToldEnd;
    private boolean wasShutDown;

    ServerStream(ClientSession session, SessionMemory memory, Reported told) {
        this.session = session;
        this.memory = memory;
        this.told = told;
    }

    void follow(ServerConnection connection) {
        server = connection;
        hasToldEnd = false;
        wasShutDown = false;
    }

    private ServerConnection server() {
        if (server == null) {
            throw new IllegalStateException("a server speaks that nobody has");
        }
        return server;
    }

    private Conversation conversation() {
        return server().conversation();
    }

    /** The server's own last word has gone to the client. */
    boolean hasToldEnd() {
        return hasToldEnd;
    }

    /** The server has said that it was told to end the connection, which ends whatever ran on it without effect. */
    boolean wasShutDown() {
        return wasShutDown;
    }

    @Override
    public void paused() {
        session.serverPaused();
    }

    @Override
    public void writable(boolean isWritable) {
        session.readClient(isWritable);
    }

    @Override
    public void nonsense(ProtocolViolation violation) {
        session.serverTalksNonsense(violation);
    }

    @Override
    public void gone() {
        session.serverGone();
    }

    @Override
    public Verdict begin(byte tag, int bodyLength) {
        return switch (tag) {
            case BackendTag.READY_FOR_QUERY -> Verdict.LOOK;
            case BackendTag.ERROR_RESPONSE, BackendTag.PARAMETER_STATUS -> lookOrCount(tag, bodyLength);
            case BackendTag.COMMAND_COMPLETE ->
                memory.wantsCommandTags() || conversation().sequel() != null
                        ? lookOrCount(tag, bodyLength)
                        : count(tag);
            case BackendTag.NOTIFICATION_RESPONSE -> Verdict.LOOK;
            case BackendTag.DATA_ROW -> conversation().isForProxy() ? lookOrCount(tag, bodyLength) : count(tag);
            default -> count(tag);
        };
    }

    private Verdict lookOrCount(byte tag, int bodyLength) {
        return bodyLength <= LOOK_LIMIT ? Verdict.LOOK : count(tag);
    }

    private Verdict count(byte tag) {
        boolean isForClient = !conversation().isForProxy() || isByItself(tag);
        conversation().answered(tag);
        return relayed(isForClient);
    }

    /** What the server says without being asked. */
    private static boolean isByItself(byte tag) {
        return switch (tag) {
            case BackendTag.NOTIFICATION_RESPONSE, BackendTag.PARAMETER_STATUS -> true;
            default -> false;
        };
    }

    /** Something that is answered here may have its turn now: it has to come behind this message. */
    private Verdict relayed(boolean isForClient) {
        if (conversation().isAnsweredHere()) {
            isTakenForClient = isForClient;
            return Verdict.TAKE;
        }
        return isForClient ? Verdict.PASS : Verdict.DROP;
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        return switch (tag) {
            case BackendTag.READY_FOR_QUERY -> ready(TransactionStatus.ofCode(body.getByte(body.readerIndex())));
            case BackendTag.ERROR_RESPONSE -> error(body);
            case BackendTag.PARAMETER_STATUS -> {
                var reader = new BodyReader(body);
                server().reported(reader.readText(), reader.readText());
                yield told.follow(server().parameters()) ? Verdict.PASS : Verdict.DROP;
            }
            case BackendTag.NOTIFICATION_RESPONSE -> notified(body);
            case BackendTag.DATA_ROW -> {
                row(body);
                yield count(tag);
            }
            default -> {
                completed(new BodyReader(body).readText());
                yield count(tag);
            }
        };
    }

    private Verdict ready(TransactionStatus status) {
        boolean isForClient = !conversation().isForProxy();
        if (isForClient) {
            session.timesheet().answered();
        }
        conversation().ready(status);
        memory.ready(status);
        return relayed(isForClient);
    }

    /** Clients tell their own notifications by their process id, and know another one than the server's. */
    private Verdict notified(ByteBuf body) {
        if (body.getInt(body.readerIndex()) == server().cancelKey().processId()) {
            body.setInt(body.readerIndex(), session.cancelKey().processId());
        }
        return count(BackendTag.NOTIFICATION_RESPONSE);
    }

    private void row(ByteBuf body) {
        if (conversation().sequel() instanceof SessionMemory.Check check
                && BackendDecoder.decode(BackendTag.DATA_ROW, body) instanceof BackendMessage.DataRow(var values)) {
            check.row(values);
        }
    }

    private void completed(String tag) {
        var sequel = conversation().sequel();
        if (sequel != null) {
            sequel.commandCompleted(tag);
        }
        memory.commandCompleted(tag);
        if (tag.equals("DISCARD ALL") || tag.equals("DEALLOCATE ALL")) {
            server().statements().clear();
        }
    }

    private Verdict error(ByteBuf body) {
        if (!(BackendDecoder.decode(BackendTag.ERROR_RESPONSE, body)
                instanceof BackendMessage.ErrorResponse(var fields))) {
            throw new ProtocolViolation("an error that is none");
        }
        if (fields.severity().compareTo(Severity.ERROR) < 0) {
            return lastWord(fields);
        }
        boolean isForClient = conversation().isErrorForClient();
        var sequel = conversation().sequel();
        memory.error();
        boolean isOfCopy = conversation().isCopyingIn();
        conversation().error();
        if (isOfCopy) {
            session.relay().copyFailed();
        }
        if (sequel instanceof Named named) {
            session.failed(named, fields);
        }
        alias = sequel == null || !isForClient ? null : sequel.alias();
        if (alias == null || !fields.message().contains(alias.server())) {
            alias = null;
            return relayed(isForClient);
        }
        isTakenForClient = true;
        return Verdict.TAKE;
    }

    /** The end of a server connection is only the client's business when something of the client's ends with it. */
    private Verdict lastWord(ErrorFields fields) {
        wasShutDown = fields.sqlState().equals(SqlState.ADMIN_SHUTDOWN);
        if (session.survivesServer()) {
            return Verdict.DROP;
        }
        hasToldEnd = true;
        return Verdict.PASS;
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        var name = alias;
        alias = null;
        if (name != null) {
            session.toClient(tag, translated(body, name));
        } else if (isTakenForClient) {
            session.toClient(tag, body);
        }
        session.answerWhatIsDue();
    }

    private static ByteBuf translated(ByteBuf body, Sequel.Alias name) {
        var fields =
                body.toString(StandardCharsets.UTF_8).replace("\"" + name.server() + "\"", "\"" + name.client() + "\"");
        return Unpooled.copiedBuffer(fields, StandardCharsets.UTF_8);
    }

    @Override
    public void pass(ByteBuf bytes) {
        session.toClient(bytes);
    }
}
