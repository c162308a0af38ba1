package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.postgres.message.MessageSink;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.message.StatementClass;
import dev.railwaypostgres.postgres.message.Verdict;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends after its login: relayed while there is a server, answered here if that is possible without one, held
 * while one is awaited.
 */
final class ClientStream implements MessageSink {
    /** A longer query is not worth a thought about a local answer. */
    private static final int LOCAL_LIMIT = 4_096;

    /** Held bytes above which the client is not read any more. */
    private static final int HELD_LIMIT = 64 << 10;

    private final ClientSession session;
    private final LocalAnswers local;
    private final Rejection rejection;
    private final MessageFramer framer = new MessageFramer(Sender.CLIENT, this);
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(1);
    private int heldBytes;
    private boolean isPumping;
    private boolean isClosed;

    /** The text of the message that is being decided upon, if it has been looked at. */
    private @Nullable ByteBuf text;

    /** Of the body of the message that is being decided upon. */
    private int length;

    /** Bytes that were fed to the framer, and bytes of the messages that have left it. */
    private long bytesIn;

    private long bytesOut;

    ClientStream(ClientSession session, LocalAnswers local) {
        this.session = session;
        this.local = local;
        this.rejection = new Rejection(session::tell, session::localStatus);
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
        if (isPumping) {
            return;
        }
        isPumping = true;
        try {
            pumpHeld();
        } catch (ProtocolViolation violation) {
            session.clientTalksNonsense(violation);
        } finally {
            isPumping = false;
            if (isClosed) {
                releaseHeld();
            }
        }
    }

    boolean isPumping() {
        return isPumping;
    }

    private void pumpHeld() {
        for (var first = held.peek(); first != null; first = held.peek()) {
            answerLocally(first);
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

    /** A message begins with the bytes, and no server is at work: whole batches may be answered here. */
    private void answerLocally(ByteBuf bytes) {
        boolean mayBe = true;
        while (mayBe) {
            mayBe = bytesIn == bytesOut
                    && session.state() instanceof SessionState.Parked
                    && !rejection.isOn()
                    && LocalBatch.mayBeLocal(bytes, local)
                    && isBatchAnswered(bytes);
        }
    }

    private boolean isBatchAnswered(ByteBuf bytes) {
        var answered = LocalBatch.answer(bytes, local);
        answered.ifPresent(batch -> {
            bytes.skipBytes(batch.length());
            heldBytes -= batch.length();
            batch.answer().forEach(session::tell);
            if (batch.isSynced()) {
                session.tell(new BackendMessage.ReadyForQuery(session.localStatus()));
            }
        });
        return answered.isPresent();
    }

    /** No message has come in part, and gone on to the server in part. */
    boolean isBetweenMessages() {
        return framer.isBetweenMessages();
    }

    /** What kind of statement waits here; if none does, the session waits to listen again. */
    StatementClass awaited(AwaitedStatement awaited) {
        var first = held.peek();
        if (text != null) {
            return StatementClass.of(text);
        }
        return first == null ? StatementClass.LISTEN : awaited.of(first);
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

    /** May be called by what the client has sent. */
    void close() {
        framer.close();
        isClosed = true;
        if (!isPumping) {
            releaseHeld();
        }
    }

    private void releaseHeld() {
        held.forEach(ByteBuf::release);
        held.clear();
    }

    @Override
    public Verdict begin(byte tag, int bodyLength) {
        length = bodyLength;
        return counted(decide(tag, bodyLength));
    }

    private Verdict counted(Verdict verdict) {
        if (verdict == Verdict.PASS || verdict == Verdict.DROP || verdict == Verdict.TAKE) {
            bytesOut += MessageFramer.HEADER_LENGTH + length;
        }
        return verdict;
    }

    private Verdict decide(byte tag, int bodyLength) {
        if (tag == FrontendTag.TERMINATE) {
            session.happened(new SessionEvent.ClientLeft());
            return Verdict.DROP;
        }
        if (tag == FrontendTag.PASSWORD) {
            throw new ProtocolViolation("invalid frontend message type " + tag);
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
        if (session.isWaitingForAnswers()) {
            return Verdict.STOP;
        }
        session.works();
        return session.relay().begin(tag, bodyLength);
    }

    @Override
    public int shown(byte tag, int bodyLength) {
        return session.state() instanceof SessionState.Relaying
                ? session.relay().shown(tag, bodyLength)
                : bodyLength;
    }

    private Verdict withoutServer(byte tag, int bodyLength) {
        return switch (tag) {
            case FrontendTag.SYNC -> {
                if (bodyLength > 0) {
                    yield needServer(tag, bodyLength);
                }
                session.tell(new BackendMessage.ReadyForQuery(session.localStatus()));
                yield Verdict.DROP;
            }
            case FrontendTag.FLUSH, FrontendTag.COPY_DATA, FrontendTag.COPY_DONE, FrontendTag.COPY_FAIL -> Verdict.DROP;
            case FrontendTag.QUERY -> bodyLength <= LOCAL_LIMIT ? Verdict.LOOK : needServer(tag, bodyLength);
            default -> needServer(tag, bodyLength);
        };
    }

    /** One may be at hand. */
    private Verdict needServer(byte tag, int bodyLength) {
        if (session.hasFailedTransaction()) {
            return rejectFailed(tag);
        }
        session.happened(SessionEvent.WorkArrived.IT);
        if (rejection.isOn()) {
            return rejection.take(tag);
        }
        return session.state() instanceof SessionState.Relaying ? relay(tag, bodyLength) : Verdict.STOP;
    }

    private Verdict rejectFailed(byte tag) {
        rejection.begin(Rejection.Order.ofFailedTransaction());
        return rejection.take(tag);
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        return counted(
                switch (session.state()) {
                    case SessionState.Relaying _ -> session.relay().look(tag, body);
                    case SessionState.Parked _ -> lookWithoutServer(tag, body);
                    case SessionState.Leasing _, SessionState.Waking _ -> Verdict.STOP;
                    case SessionState.Started _, SessionState.Authenticating _, SessionState.Closed _ -> Verdict.DROP;
                });
    }

    private Verdict lookWithoutServer(byte tag, ByteBuf body) {
        if (LocalGlance.mayBeLocal(body, body.readerIndex()) && isAnswered(body)) {
            return Verdict.DROP;
        }
        text = body;
        var verdict = needServer(tag, length);
        text = null;
        return verdict == Verdict.LOOK ? session.relay().look(tag, body) : verdict;
    }

    private boolean isAnswered(ByteBuf query) {
        try {
            var reader = new BodyReader(query.slice());
            var text = reader.readText();
            reader.end();
            var answer = local.answer(text);
            answer.ifPresent(messages -> {
                messages.forEach(session::tell);
                session.tell(new BackendMessage.ReadyForQuery(session.localStatus()));
            });
            return answer.isPresent();
        } catch (ProtocolViolation _) {
            // Broken text is for a server to refuse.
            return false;
        }
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        session.relay().take(tag, body);
    }

    @Override
    public void pass(ByteBuf bytes) {
        session.toServer(bytes);
    }
}
