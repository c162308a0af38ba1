package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.message.Authentication;
import dev.railwaypostgres.postgres.message.BackendDecoder;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.FrontendEncoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.postgres.message.MessageSink;
import dev.railwaypostgres.postgres.message.Sender;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.postgres.scram.ChannelBinding;
import dev.railwaypostgres.postgres.scram.ScramClient;
import dev.railwaypostgres.postgres.scram.ScramFailure;
import dev.railwaypostgres.postgres.startup.StartupEncoder;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.route.Address;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logs in to a server over TLS with channel binding. Tells exactly one outcome; unless that is a connection, the socket is
 * closed.
 */
// How a write or a close ends is told by channelInactive and exceptionCaught.
@SuppressWarnings("FutureReturnValueIgnored")
final class ServerLogin extends ChannelInboundHandlerAdapter implements MessageSink {
    private static final long LOGIN_SECONDS = 15;

    /** No message of a login is longer than an error with a long statement in it. */
    private static final int MAX_BODY = 1 << 20;

    private final Address address;
    private final LoginRequest login;
    private final Consumer<DialOutcome> outcome;
    private final MessageFramer framer = new MessageFramer(Sender.SERVER, this);
    private final Map<String, String> parameters = new HashMap<>();

    private @Nullable ChannelHandlerContext context;
    private @Nullable ChannelBinding binding;
    private @Nullable ScramClient scram;
    private boolean isVerified;
    private @Nullable CancelKey cancelKey;
    private boolean isDone;

    ServerLogin(Address address, LoginRequest login, Consumer<DialOutcome> outcome) {
        this.address = address;
        this.login = login;
        this.outcome = outcome;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        added.executor()
                .schedule(() -> end(new DialOutcome.Asleep("no login in time")), LOGIN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        framer.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        switch (event) {
            case ServerEncryption.Encrypted(var found) -> encrypted(here, found.orElse(null));
            case ServerEncryption.Failed(String _, boolean isRefusal)
            when isRefusal -> end(new DialOutcome.Refused(new ProxyFailure.UntrustedServer("no TLS")));
            case ServerEncryption.Failed(String why, boolean _) -> end(new DialOutcome.Asleep(why));
            default -> here.fireUserEventTriggered(event);
        }
    }

    private void encrypted(ChannelHandlerContext here, @Nullable ChannelBinding found) {
        if (found == null) {
            end(new DialOutcome.Refused(new ProxyFailure.UntrustedServer("its certificate allows no channel binding")));
            return;
        }
        binding = found;
        var startup = here.alloc().buffer();
        StartupEncoder.encode(login.startup(), startup);
        here.writeAndFlush(startup);
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        var bytes = (ByteBuf) message;
        try {
            framer.feed(bytes);
        } catch (ScramFailure e) {
            end(refused(e));
        } catch (ProtocolViolation e) {
            end(new DialOutcome.Refused(new ProxyFailure.UntrustedServer(String.valueOf(e.getMessage()))));
        } finally {
            bytes.release();
        }
    }

    @Override
    public Verdict begin(byte tag, int bodyLength) {
        if (bodyLength > MAX_BODY) {
            throw new ProtocolViolation("message of silly length in a login");
        }
        return Verdict.TAKE;
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        return Verdict.PASS;
    }

    @Override
    public void pass(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        if (!isDone) {
            received(BackendDecoder.decode(tag, body));
        }
    }

    private void received(BackendMessage message) {
        switch (message) {
            case Authentication authentication -> authenticate(authentication);
            case BackendMessage.BackendKeyData(CancelKey key) -> cancelKey = key;
            case BackendMessage.ParameterStatus(String name, String value) -> parameters.put(name, value);
            case BackendMessage.ErrorResponse(ErrorFields fields) -> end(refused(fields));
            case BackendMessage.ReadyForQuery _ -> ready();
            default -> {
                // Notices, for instance.
            }
        }
    }

    private void authenticate(Authentication authentication) {
        switch (authentication) {
            case Authentication.Sasl(var mechanisms) -> {
                var started = ScramClient.start(login.credentials(), binding, mechanisms);
                scram = started;
                send(new FrontendMessage.SaslInitialResponse(started.mechanism(), started.first()));
            }
            case Authentication.SaslContinue(var data) ->
                send(new FrontendMessage.SaslResponse(exchange().answer(data)));
            case Authentication.SaslFinal(var data) -> {
                exchange().verify(data);
                isVerified = true;
            }
            case Authentication.Ok _ -> requireVerified();
            case Authentication.CleartextPassword _, Authentication.Md5Password _, Authentication.Unsupported _ ->
                throw new ProtocolViolation("the server asks for another authentication than SCRAM");
        }
    }

    private ScramClient exchange() {
        if (scram == null) {
            throw new ProtocolViolation("SASL data before SASL began");
        }
        return scram;
    }

    private void requireVerified() {
        if (!isVerified) {
            throw new ProtocolViolation("the server let us in without proving who it is");
        }
    }

    private void ready() {
        if (!isVerified) {
            throw new ProtocolViolation("ready before login");
        }
        connected();
    }

    private void connected() {
        var here = context;
        var key = cancelKey;
        if (here == null || key == null || isDone) {
            return;
        }
        isDone = true;
        var peer = Peer.instead(here, NOBODY);
        outcome.accept(new DialOutcome.Connected(new LoggedIn(peer, address, login, key, parameters)));
    }

    private DialOutcome refused(ScramFailure failure) {
        return switch (failure.reason()) {
            case STALE_KEY, REFUSED ->
                new DialOutcome.Refused(
                        new ProxyFailure.WrongPassword(login.profile().role()));
            case NO_MECHANISM, IMPOSTOR ->
                new DialOutcome.Refused(new ProxyFailure.UntrustedServer(String.valueOf(failure.getMessage())));
        };
    }

    private DialOutcome refused(ErrorFields fields) {
        var sqlState = fields.sqlState();
        if (sqlState.equals(SqlState.CANNOT_CONNECT_NOW)
                || sqlState.equals(SqlState.ADMIN_SHUTDOWN)
                || sqlState.equals(SqlState.CRASH_SHUTDOWN)) {
            return new DialOutcome.Asleep(sqlState.code());
        }
        if (sqlState.equals(SqlState.TOO_MANY_CONNECTIONS)) {
            return new DialOutcome.Full();
        }
        return new DialOutcome.Refused(
                sqlState.equals(SqlState.INVALID_PASSWORD)
                        ? new ProxyFailure.WrongPassword(login.profile().role())
                        : new ProxyFailure.RefusedByServer(fields));
    }

    private void send(FrontendMessage message) {
        var here = context;
        if (here != null) {
            var out = here.alloc().buffer();
            FrontendEncoder.encode(message, out);
            here.writeAndFlush(out);
        }
    }

    private void end(DialOutcome how) {
        if (isDone) {
            return;
        }
        isDone = true;
        if (context != null) {
            context.close();
        }
        outcome.accept(how);
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        end(new DialOutcome.Asleep("the server closed the connection"));
        here.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
        end(new DialOutcome.Asleep(cause.getClass().getSimpleName()));
    }

    /** Between the end of the login and the session's first word nothing is read that matters. */
    private static final Peer.Listener NOBODY = new Peer.Listener() {
        @Override
        public void onBytes(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void onPause() {}

        @Override
        public void onWritable(boolean isWritable) {}

        @Override
        public void onGone() {}
    };
}
