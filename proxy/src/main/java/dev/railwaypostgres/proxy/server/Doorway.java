package dev.railwaypostgres.proxy.server;

import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.startup.DirectTls;
import dev.railwaypostgres.postgres.startup.StartupDecoder;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import dev.railwaypostgres.proxy.failure.ErrorResponses;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.session.ClientLogin;
import dev.railwaypostgres.proxy.session.Sessions;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/**
 * What a new connection goes through before its login: encryption in either of the two ways, and the startup packet. Keeps
 * at most one such packet; whoever sends nothing, garbage or too little is gone after the login's time, without a word in
 * the log and without a wake.
 */
// How a write or a close ends is told by channelInactive and exceptionCaught.
@SuppressWarnings("FutureReturnValueIgnored")
final class Doorway extends ChannelInboundHandlerAdapter {
    private static final String TLS = "tls";

    private final @Nullable Certificate certificate;
    private final Sessions sessions;
    private final Duration loginTimeout;

    private @Nullable ByteBuf collected;
    private @Nullable Future<?> deadline;
    private @Nullable String serverName;
    private boolean isEncrypted;
    private boolean isDirect;
    private boolean wasAskedForGss;
    private boolean isOver;

    Doorway(@Nullable Certificate certificate, Sessions sessions, Duration loginTimeout) {
        this.certificate = certificate;
        this.sessions = sessions;
        this.loginTimeout = loginTimeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> close(context), loginTimeout.toMillis(), TimeUnit.MILLISECONDS);
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
        if (isOver) {
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
        if (!isEncrypted && certificate != null && DirectTls.isClientHello(bytes.getByte(bytes.readerIndex()))) {
            isDirect = true;
            encrypt(context, certificate);
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
                sessions.cancels().cancel(key);
                close(context);
            }
            case StartupPacket.Startup(var startup) -> login(context, startup, rest);
        }
    }

    /** Bytes sent ahead of our answer were sent by somebody in the middle, and must not be taken for encrypted ones. */
    private void sslRequested(ChannelHandlerContext context, ByteBuf rest) {
        if (isEncrypted) {
            throw StartupDecoder.unsupported(new ProtocolVersion(1234, 5679));
        }
        if (rest.isReadable()) {
            throw new ProtocolViolation("received unencrypted data after SSL request");
        }
        answer(context, certificate == null ? 'N' : 'S');
        if (certificate != null) {
            encrypt(context, certificate);
        }
    }

    private void gssRequested(ChannelHandlerContext context, ByteBuf rest) {
        if (wasAskedForGss || isEncrypted) {
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

    private void encrypt(ChannelHandlerContext context, Certificate with) {
        isEncrypted = true;
        context.pipeline().addFirst(TLS, with.context().newHandler(context.alloc()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshaken(context, handshake);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void handshaken(ChannelHandlerContext context, SslHandshakeCompletionEvent handshake) {
        if (!handshake.isSuccess()) {
            close(context);
            return;
        }
        var tls = context.pipeline().get(SslHandler.class);
        if (isDirect && !DirectTls.ALPN_PROTOCOL.equals(tls.applicationProtocol())) {
            close(context);
            return;
        }
        serverName = serverName(tls);
    }

    private static @Nullable String serverName(SslHandler tls) {
        var names = tls.engine().getSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames()
                : List.of();
        return names.stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName())
                .findFirst()
                .orElse(null);
    }

    private void login(ChannelHandlerContext context, StartupMessage startup, ByteBuf rest) {
        if (!isEncrypted && certificate != null && certificate.isRequired()) {
            refuse(context, new ProxyFailure.TlsRequired());
            return;
        }
        isOver = true;
        var ahead = rest.readRetainedSlice(rest.readableBytes());
        var waiting = deadline;
        var binding = isEncrypted && certificate != null ? certificate.binding() : null;
        var peer = Peer.instead(context, NOBODY);
        var login = new ClientLogin(
                peer,
                startup,
                new ClientLogin.Door(serverName, binding, () -> {
                    if (waiting != null) {
                        waiting.cancel(false);
                    }
                }),
                sessions);
        peer.listen(login);
        login.start();
        if (ahead.isReadable()) {
            login.onBytes(ahead);
        } else {
            ahead.release();
        }
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
        if (deadline != null) {
            deadline.cancel(false);
        }
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
