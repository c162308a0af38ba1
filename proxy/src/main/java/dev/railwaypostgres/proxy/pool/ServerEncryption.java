package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.scram.ChannelBinding;
import dev.railwaypostgres.postgres.startup.StartupEncoder;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server for TLS and waits until it stands. Fires {@link Encrypted} then; whatever goes wrong fires {@link Failed}
 * once. Takes itself out of the pipeline.
 */
// How a write or a close ends is told by channelInactive and exceptionCaught.
@SuppressWarnings("FutureReturnValueIgnored")
final class ServerEncryption extends ChannelInboundHandlerAdapter {
    /** TLS stands. The binding is absent when the server's certificate allows none. */
    record Encrypted(Optional<ChannelBinding> binding) {}

    /** @param isRefusal the server lives and says no; otherwise nobody is really there */
    record Failed(String why, boolean isRefusal) {}

    /** A relay in front of a stopped server may accept and then say nothing: that must not hold up a wake. */
    private static final long ANSWER_MILLIS = 1_000;

    private final SslContext tls;
    private @Nullable ChannelHandlerContext context;
    private boolean isDone;

    ServerEncryption(SslContext tls) {
        this.tls = tls;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    void start() {
        var here = context;
        if (here == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        var request = here.alloc().buffer(8);
        StartupEncoder.encode(new StartupPacket.SslRequest(), request);
        here.writeAndFlush(request);
        here.executor().schedule(() -> fail(here, "no answer in time", false), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One byte and no more: bytes behind it would come from somebody in the middle. */
    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (isDone) {
            here.fireChannelRead(message);
            return;
        }
        var answer = (ByteBuf) message;
        boolean isYes = answer.readableBytes() == 1 && answer.getByte(answer.readerIndex()) == 'S';
        answer.release();
        if (here.pipeline().get(SslHandler.class) == null && isYes) {
            here.pipeline().addFirst("tls", tls.newHandler(here.alloc()));
        } else {
            fail(here, "the server does not speak TLS", true);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) throws CertificateException {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            here.fireUserEventTriggered(event);
        } else if (handshake.isSuccess()) {
            encrypted(here);
        } else {
            fail(here, "the TLS handshake failed", false);
        }
    }

    private void encrypted(ChannelHandlerContext here) throws CertificateException {
        isDone = true;
        here.fireUserEventTriggered(new Encrypted(binding(here)));
        here.pipeline().remove(this);
    }

    private static Optional<ChannelBinding> binding(ChannelHandlerContext here) throws CertificateException {
        try {
            var certificates =
                    here.pipeline().get(SslHandler.class).engine().getSession().getPeerCertificates();
            return ChannelBinding.ofCertificate(certificates[0].getEncoded());
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    private void fail(ChannelHandlerContext here, String why, boolean isRefusal) {
        if (!isDone) {
            isDone = true;
            here.fireUserEventTriggered(new Failed(why, isRefusal));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        fail(here, "the server closed the connection", false);
        here.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
        fail(here, cause.getClass().getSimpleName(), false);
    }
}
