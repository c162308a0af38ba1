package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.BackendEncoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendDecoder;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.postgres.message.MessageSink;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.proxy.failure.ErrorResponses;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.session.Cancellable;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One client at the console: its bytes, and the wait for what takes its time. While it waits nothing more of what it has
 * sent is looked at; when it leaves, its wait is over, and what it has begun stays.
 */
final class ConsoleSession implements Peer.Listener, MessageSink, Cancellable {
    /** Nothing that is typed here is longer. Bytes. */
    private static final int LONGEST = 64 << 10;

    private final Peer client;
    private final Console console;
    private final StartupMessage startup;
    private final CancelKey cancelKey;
    private final ConsoleTalk talk;
    private final MessageFramer framer = new MessageFramer(Sender.CLIENT, this);
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();

    private @Nullable Wait wait;
    private boolean isPumping;
    private boolean isOver;

    /** Something takes its time. */
    private record Wait(Outcome.Later action, Runnable stopLooking) {}

    ConsoleSession(Peer client, Console console, StartupMessage startup, boolean isAdmin) {
        this.client = client;
        this.console = console;
        this.startup = startup;
        this.talk = new ConsoleTalk(this, console, startup.user(), isAdmin);
        this.cancelKey = console.sessions().cancels().register(this);
    }

    CancelKey cancelKey() {
        return cancelKey;
    }

    @Override
    public ProtocolVersion protocol() {
        return startup.version();
    }

    void tell(BackendMessage message) {
        var out = client.buffer(128);
        BackendEncoder.encode(message, out);
        client.write(out);
    }

    // ---- What takes its time.

    boolean isWaiting() {
        return wait != null;
    }

    void await(Outcome.Later action) {
        wait = new Wait(action, console.sessions().times().ticker().start(this::look));
        client.flush();
    }

    private void look() {
        var waiting = wait;
        if (waiting != null) {
            waiting.action().look().get().ifPresent(this::decided);
        }
    }

    private void decided(Outcome outcome) {
        stopWaiting();
        talk.decided(outcome);
        pump();
        client.flush();
    }

    private void stopWaiting() {
        var waiting = wait;
        wait = null;
        if (waiting != null) {
            waiting.stopLooking().run();
        }
    }

    /** Takes back what is waited for: a pause that is not complete ends. */
    @Override
    public void cancel(Runnable then) {
        var waiting = wait;
        if (waiting != null) {
            waiting.action().undo().run();
            decided(new Outcome.Failed(new ProxyFailure.Cancelled()));
        }
        then.run();
    }

    // ---- Bytes.

    @Override
    public void onBytes(ByteBuf bytes) {
        held.add(bytes);
        pump();
    }

    private void pump() {
        if (isPumping) {
            return;
        }
        isPumping = true;
        try {
            for (var first = held.peek(); first != null && framer.feed(first); first = held.peek()) {
                held.remove();
                first.release();
            }
        } catch (ProtocolViolation violation) {
            end(ProxyFailure.Violation.of(violation));
        } finally {
            isPumping = false;
        }
        client.read(hasRoom());
    }

    /** A client that waits is still read, or nobody would notice that it has left. */
    private boolean hasRoom() {
        return held.stream().mapToInt(ByteBuf::readableBytes).sum() <= LONGEST;
    }

    @Override
    public Verdict begin(byte tag, int bodyLength) {
        if (bodyLength > LONGEST) {
            throw new ProtocolViolation("invalid message length");
        }
        if (isOver) {
            return Verdict.DROP;
        }
        return isWaiting() ? Verdict.STOP : Verdict.TAKE;
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        throw new IllegalStateException("nothing is looked at before it is taken");
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        talk.take(FrontendDecoder.decode(tag, body));
    }

    @Override
    public void pass(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void onPause() {
        client.flush();
    }

    @Override
    public void onWritable(boolean isWritable) {
        client.read(isWritable && hasRoom());
    }

    void leave() {
        isOver = true;
        client.close();
    }

    private void end(ProxyFailure failure) {
        isOver = true;
        var out = client.buffer(256);
        ErrorResponses.writeFatal(failure, out);
        client.write(out);
        client.close();
    }

    @Override
    public void onGone() {
        isOver = true;
        stopWaiting();
        framer.close();
        held.forEach(ByteBuf::release);
        held.clear();
        console.sessions().cancels().remove(cancelKey);
        console.left(this);
    }
}
