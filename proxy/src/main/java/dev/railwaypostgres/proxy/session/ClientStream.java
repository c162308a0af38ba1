package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.postgres.message.MessageSink;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.proxy.park.SessionMemory;
import dev.railwaypostgres.proxy.relay.Conversation;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * What a client sends after its login: relayed while there is a server, answered here if that is possible without one, held
 * while one is awaited. Only {@code Query}, {@code Parse} and {@code Close} are looked into, and {@code Bind} when it matters.
 */
final class ClientStream implements MessageSink {
    /** Longer ones go through unseen, and then the session cannot park. */
    private static final int LOOK_LIMIT = 1 << 20;

    /** A longer query is not worth a thought about a local answer. */
    private static final int LOCAL_LIMIT = 4_096;

    /** Held bytes above which the client is not read any more. */
    private static final int HELD_LIMIT = 64 << 10;

    private static final byte STATEMENT = 'S';

    private final ClientSession session;
    private final Conversation conversation;
    private final SessionMemory memory;
    private final LocalAnswers local;
    private final Rejection rejection;
    private final MessageFramer framer = new MessageFramer(Sender.CLIENT, this);
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();
    private int heldBytes;

    /** Bytes that were fed to the framer, and bytes of the messages that have left it. */
    private long bytesIn;

    private long bytesOut;

    ClientStream(ClientSession session, Conversation conversation, SessionMemory memory, LocalAnswers local) {
        this.session = session;
        this.conversation = conversation;
        this.memory = memory;
        this.local = local;
        this.rejection = new Rejection(session::tell);
    }

    /** Bytes from the client; they may stay here for a while. */
    void feed(ByteBuf bytes) {
        held.add(bytes);
        heldBytes += bytes.readableBytes();
        pump();
        if (heldBytes > HELD_LIMIT) {
            session.readClient(false);
        }
    }

    /** Goes on where it stopped, as far as the session's state allows. */
    void pump() {
        for (var first = held.peek(); first != null; first = held.peek()) {
            int before = first.readableBytes();
            boolean isDone = framer.feed(first);
            int consumed = before - (isDone ? 0 : first.readableBytes());
            heldBytes -= consumed;
            bytesIn += consumed;
            if (!isDone) {
                return;
            }
            var done = held.poll();
            if (done != null) {
                done.release();
            }
        }
        rejection.noMoreHeld();
    }

    /** Nothing but whole messages has come so far, and all of them are gone. */
    boolean isEmpty() {
        return held.isEmpty() && bytesIn == bytesOut;
    }

    /** What went out comes back, to go out again. */
    void takeBack(ByteBuf messages) {
        held.addFirst(messages);
        heldBytes += messages.readableBytes();
    }

    /** Answers what is held, and what still belongs to it, with an error. */
    void reject(Rejection.Order order) {
        rejection.begin(order);
        pump();
    }

    void close() {
        framer.close();
        held.forEach(ByteBuf::release);
        held.clear();
    }

    @Override
    public Verdict begin(byte tag, int bodyLength) {
        return counted(decide(tag, bodyLength), bodyLength);
    }

    private Verdict counted(Verdict verdict, int bodyLength) {
        if (verdict == Verdict.PASS || verdict == Verdict.DROP) {
            bytesOut += MessageFramer.HEADER_LENGTH + bodyLength;
        }
        return verdict;
    }

    private Verdict decide(byte tag, int bodyLength) {
        if (tag == FrontendTag.TERMINATE) {
            session.happened(new SessionEvent.ClientLeft());
            return Verdict.DROP;
        }
        if (rejection.isOn()) {
            return rejection.take(tag);
        }
        return switch (session.state()) {
            case SessionState.Relaying _ -> relay(tag, bodyLength);
            case SessionState.Parked _ -> withoutServer(tag, bodyLength);
            case SessionState.Leasing _, SessionState.Waking _ -> Verdict.STOP;
            case SessionState.Started _, SessionState.Authenticating _, SessionState.Closed _ -> Verdict.DROP;
        };
    }

    private Verdict relay(byte tag, int bodyLength) {
        if (!wantsLook(tag)) {
            return ask(tag);
        }
        if (bodyLength <= LOOK_LIMIT) {
            return Verdict.LOOK;
        }
        memory.unread(tag);
        return ask(tag);
    }

    private boolean wantsLook(byte tag) {
        return switch (tag) {
            case FrontendTag.QUERY, FrontendTag.PARSE, FrontendTag.CLOSE -> true;
            case FrontendTag.BIND -> memory.wantsBinds();
            default -> false;
        };
    }

    /** Counts a message that goes through. */
    private Verdict ask(byte tag) {
        if (tag == FrontendTag.SYNC || tag == FrontendTag.FUNCTION_CALL) {
            memory.round();
        }
        boolean wasQuiet = conversation.isQuiet();
        conversation.asked(tag);
        if (wasQuiet) {
            session.happened(SessionEvent.WorkArrived.IT);
        }
        return Verdict.PASS;
    }

    private Verdict withoutServer(byte tag, int bodyLength) {
        return switch (tag) {
            case FrontendTag.SYNC -> {
                session.tell(new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
                yield Verdict.DROP;
            }
            case FrontendTag.FLUSH, FrontendTag.COPY_DATA, FrontendTag.COPY_DONE, FrontendTag.COPY_FAIL -> Verdict.DROP;
            case FrontendTag.QUERY -> bodyLength <= LOCAL_LIMIT ? Verdict.LOOK : needServer();
            default -> needServer();
        };
    }

    private Verdict needServer() {
        session.happened(SessionEvent.WorkArrived.IT);
        return Verdict.STOP;
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        int bodyLength = body.readableBytes();
        return counted(
                switch (session.state()) {
                    case SessionState.Relaying _ -> lookRelaying(tag, body);
                    case SessionState.Parked _ -> lookWithoutServer(tag, body);
                    case SessionState.Leasing _, SessionState.Waking _ -> Verdict.STOP;
                    case SessionState.Started _, SessionState.Authenticating _, SessionState.Closed _ -> Verdict.DROP;
                },
                bodyLength);
    }

    private Verdict lookRelaying(byte tag, ByteBuf body) {
        try {
            remember(tag, body);
        } catch (ProtocolViolation _) {
            memory.unread(tag);
        }
        return ask(tag);
    }

    private void remember(byte tag, ByteBuf body) {
        var whole = body.slice();
        var reader = new BodyReader(body);
        switch (tag) {
            case FrontendTag.QUERY -> memory.query(reader.readText());
            case FrontendTag.PARSE -> memory.parse(reader.readText(), reader.readText(), Bytes.copyOf(whole));
            case FrontendTag.BIND -> {
                reader.readText();
                memory.bind(reader.readText());
            }
            case FrontendTag.CLOSE -> memory.close(reader.readByte() == STATEMENT ? reader.readText() : null);
            default -> throw new IllegalStateException("nobody asked to look at this message");
        }
    }

    private Verdict lookWithoutServer(byte tag, ByteBuf body) {
        if (tag != FrontendTag.QUERY) {
            return needServer();
        }
        try {
            var answer = local.answer(new BodyReader(body).readText());
            if (answer.isEmpty()) {
                return needServer();
            }
            answer.get().forEach(session::tell);
            session.tell(new BackendMessage.ReadyForQuery(TransactionStatus.IDLE));
            return Verdict.DROP;
        } catch (ProtocolViolation _) {
            return needServer();
        }
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        throw new IllegalStateException("nothing of a client's is taken");
    }

    @Override
    public void pass(ByteBuf bytes) {
        session.toServer(bytes);
    }
}
