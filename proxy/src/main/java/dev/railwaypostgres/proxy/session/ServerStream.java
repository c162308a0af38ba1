package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.Severity;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendDecoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.BackendTag;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.postgres.message.MessageSink;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.proxy.park.SessionMemory;
import dev.railwaypostgres.proxy.relay.Conversation;
import dev.railwaypostgres.proxy.relay.Peer;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/** What one server connection sends: relayed, counted, and looked into where it tells of the session's state. */
final class ServerStream implements MessageSink, Peer.Listener {
    private static final int LOOK_LIMIT = 1 << 20;

    private final ClientSession session;
    private final Conversation conversation;
    private final SessionMemory memory;
    private final Map<String, String> told;
    private final MessageFramer framer = new MessageFramer(Sender.SERVER, this);
    private boolean hasToldEnd;
    private boolean wasShutDown;

    ServerStream(ClientSession session, Conversation conversation, SessionMemory memory, Map<String, String> told) {
        this.session = session;
        this.conversation = conversation;
        this.memory = memory;
        this.told = told;
    }

    /** The server's own last word has gone to the client. */
    boolean hasToldEnd() {
        return hasToldEnd;
    }

    /** The server has said that it was told to end the connection, which ends whatever ran on it without effect. */
    boolean wasShutDown() {
        return wasShutDown;
    }

    /** Another message may be slipped in for the client. */
    boolean isBetweenMessages() {
        return framer.isBetweenMessages();
    }

    void close() {
        framer.close();
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        try {
            framer.feed(bytes);
        } catch (ProtocolViolation _) {
            session.serverTalksNonsense();
        } finally {
            bytes.release();
        }
    }

    @Override
    public void onPause() {
        session.serverPaused();
    }

    @Override
    public void onWritable(boolean isWritable) {
        session.readClient(isWritable);
    }

    @Override
    public void onGone() {
        session.serverGone(this);
    }

    @Override
    public Verdict begin(byte tag, int bodyLength) {
        return switch (tag) {
            case BackendTag.READY_FOR_QUERY -> Verdict.LOOK;
            case BackendTag.ERROR_RESPONSE, BackendTag.PARAMETER_STATUS -> lookOrCount(tag, bodyLength);
            case BackendTag.COMMAND_COMPLETE -> memory.wantsCommandTags() ? lookOrCount(tag, bodyLength) : count(tag);
            case BackendTag.PARSE_COMPLETE -> {
                memory.parseComplete();
                yield count(tag);
            }
            case BackendTag.CLOSE_COMPLETE -> {
                memory.closeComplete();
                yield count(tag);
            }
            default -> count(tag);
        };
    }

    private Verdict lookOrCount(byte tag, int bodyLength) {
        return bodyLength <= LOOK_LIMIT ? Verdict.LOOK : count(tag);
    }

    private Verdict count(byte tag) {
        conversation.answered(tag);
        return Verdict.PASS;
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        return switch (tag) {
            case BackendTag.READY_FOR_QUERY -> ready(TransactionStatus.ofCode(body.getByte(body.readerIndex())));
            case BackendTag.ERROR_RESPONSE -> error(body);
            case BackendTag.PARAMETER_STATUS -> {
                var reader = new BodyReader(body);
                told.put(reader.readText(), reader.readText());
                yield count(tag);
            }
            default -> {
                memory.commandComplete(new BodyReader(body).readText());
                yield count(tag);
            }
        };
    }

    private Verdict ready(TransactionStatus status) {
        conversation.ready(status);
        memory.ready(status);
        return Verdict.PASS;
    }

    /** The end of a server connection is only the client's business when something of the client's ends with it. */
    private Verdict error(ByteBuf body) {
        if (!(BackendDecoder.decode(BackendTag.ERROR_RESPONSE, body) instanceof BackendMessage.ErrorResponse(var fields)
                && fields.severity().compareTo(Severity.ERROR) < 0)) {
            memory.error();
            return count(BackendTag.ERROR_RESPONSE);
        }
        wasShutDown = fields.sqlState().equals(SqlState.ADMIN_SHUTDOWN);
        if (session.survivesServer()) {
            return Verdict.DROP;
        }
        hasToldEnd = true;
        return count(BackendTag.ERROR_RESPONSE);
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        throw new IllegalStateException("nothing of a server's is taken");
    }

    @Override
    public void pass(ByteBuf bytes) {
        session.toClient(bytes);
    }
}
