package dev.railwaypostgres.proxy.server;

import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.startup.DirectTls;
import dev.railwaypostgres.postgres.startup.StartupDecoder;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import dev.railwaypostgres.proxy.auth.ClientAddress;
import dev.railwaypostgres.proxy.console.Console;
import dev.railwaypostgres.proxy.failure.ErrorResponses;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.route.RouteRequest;
import dev.railwaypostgres.proxy.session.ClientLogin;
import dev.railwaypostgres.proxy.session.Entrance;
import dev.railwaypostgres.proxy.session.Sessions;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a new connection goes through before its login: encryption in either of the two ways, and the startup packet. Keeps
 * at most one such packet; whoever sends nothing, garbage or too little is gone after the login's time, without a word in
 * the log and without a wake.
 */
// How a write or a close ends is told by channelInactive and exceptionCaught.
@SuppressWarnings("FutureReturnValueIgnored")
final class Doorway extends ChannelInboundHandlerAdapter {
    private final Sessions sessions;
    private final Admission.Visit visit;
    private final ClientEncryption encryption;
    private final @Nullable Console console;

    private @Nullable ByteBuf collected;
    private boolean wasAskedForTls;
    private boolean wasAskedForGss;
    private boolean isOver;

    /** @param console null: there is none */
    Doorway(Sessions sessions, Admission.Visit visit, ClientEncryption encryption, @Nullable Console console) {
        this.sessions = sessions;
        this.visit = visit;
        this.encryption = encryption;
        this.console = console;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (collected != null) {
            collected.release();
            collected = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        if (isOver || visit.from().isEmpty()) {
            bytes.release();
            return;
        }
        var all = collected == null ? context.alloc().buffer(bytes.readableBytes()) : collected;
        collected = null;
        try {
            read(context, all.writeBytes(bytes));
        } catch (ProtocolViolation violation) {
            refuse(context, ProxyFailure.Violation.of(violation));
        } finally {
            bytes.release();
            keepOrRelease(all);
        }
    }

    private void keepOrRelease(ByteBuf rest) {
        if (!isOver && rest.isReadable()) {
            collected = rest;
        } else {
            rest.release();
        }
    }

    private void read(ChannelHandlerContext context, ByteBuf bytes) {
        if (encryption.isPossible() && DirectTls.isClientHello(bytes.getByte(bytes.readerIndex()))) {
            encryption.begin(context, true);
            context.pipeline().fireChannelRead(bytes.readRetainedSlice(bytes.readableBytes()));
            return;
        }
        var packet = StartupDecoder.decode(bytes);
        if (packet.isPresent()) {
            received(context, packet.get(), bytes);
        }
    }

    private void received(ChannelHandlerContext context, StartupPacket packet, ByteBuf rest) {
        switch (packet) {
            case StartupPacket.SslRequest _ -> sslRequested(context, rest);
            case StartupPacket.GssEncRequest _ -> gssRequested(context, rest);
            case StartupPacket.CancelRequest(var key) -> {
                isOver = true;
                sessions.cancels().asked(key, from(), () -> close(context));
            }
            case StartupPacket.Startup(var startup) -> login(context, startup, rest);
        }
    }

    private ClientAddress from() {
        return visit.from().orElseThrow(() -> new IllegalStateException("nobody speaks before his address is known"));
    }

    /** Bytes sent ahead of our answer were sent by somebody in the middle, and must not be taken for encrypted ones. */
    private void sslRequested(ChannelHandlerContext context, ByteBuf rest) {
        if (encryption.isThere() || wasAskedForTls) {
            throw StartupDecoder.unsupported(new ProtocolVersion(1234, 5679));
        }
        if (rest.isReadable()) {
            throw new ProtocolViolation("received unencrypted data after SSL request");
        }
        wasAskedForTls = true;
        boolean isYes = encryption.isPossible();
        answer(context, isYes ? 'S' : 'N');
        if (isYes) {
            encryption.begin(context, false);
        }
    }

    private void gssRequested(ChannelHandlerContext context, ByteBuf rest) {
        if (encryption.isThere() || wasAskedForGss) {
            throw StartupDecoder.unsupported(new ProtocolVersion(1234, 5680));
        }
        if (rest.isReadable()) {
            throw new ProtocolViolation("received unencrypted data after GSSAPI encryption request");
        }
        wasAskedForGss = true;
        answer(context, 'N');
    }

    private static void answer(ChannelHandlerContext context, char yesOrNo) {
        context.writeAndFlush(context.alloc().buffer(1).writeByte(yesOrNo));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            context.fireUserEventTriggered(event);
        } else if (!handshake.isSuccess()
                || !encryption.isAsItShould(context.pipeline().get(SslHandler.class))) {
            close(context);
        }
    }

    private void login(ChannelHandlerContext context, StartupMessage startup, ByteBuf rest) {
        var refusal = encryption.refusal();
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
            return;
        }
        var elsewhere = elsewhere(startup);
        isOver = true;
        var ahead = rest.readRetainedSlice(rest.readableBytes());
        var peer = Peer.instead(context, NOBODY);
        var door = new ClientLogin.Door(from(), encryption.serverName(), encryption.binding(), elsewhere, visit::end);
        var login = new ClientLogin(peer, startup, door, sessions);
        peer.listen(login);
        login.start();
        if (ahead.isReadable()) {
            login.onBytes(ahead);
        } else {
            ahead.release();
        }
    }

    private @Nullable Entrance elsewhere(StartupMessage startup) {
        boolean isForConsole = console != null && console.isMeantBy(RouteRequest.of(encryption.serverName(), startup));
        return isForConsole ? console : null;
    }

    private void refuse(ChannelHandlerContext context, ProxyFailure failure) {
        isOver = true;
        sessions.refused(failure);
        var out = context.alloc().buffer();
        ErrorResponses.writeFatal(failure, out);
        context.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
    }

    private void close(ChannelHandlerContext context) {
        isOver = true;
        context.channel().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        isOver = true;
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(context);
    }

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
