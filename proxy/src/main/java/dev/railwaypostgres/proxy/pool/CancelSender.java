package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.startup.StartupEncoder;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Sends one cancel request over TLS, since its key is as good as a password, and waits for the server to close the
 * connection: it does so after it has signalled the backend.
 */
// How a write or a close ends is told by channelInactive and exceptionCaught.
@SuppressWarnings("FutureReturnValueIgnored")
final class CancelSender extends ChannelInboundHandlerAdapter {
    private static final long PATIENCE_SECONDS = 5;

    private final CancelKey key;
    private final Runnable then;

    CancelSender(CancelKey key, Runnable then) {
        this.key = key;
        this.then = then;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ServerEncryption.Encrypted) {
            var request = context.alloc().buffer(16);
            StartupEncoder.encode(new StartupPacket.CancelRequest(key), request);
            context.writeAndFlush(request);
            context.executor().schedule(() -> context.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        } else if (event instanceof ServerEncryption.Failed) {
            context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        then.run();
        context.fireChannelInactive();
    }
}
