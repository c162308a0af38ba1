package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.startup.StartupEncoder;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Sends one cancel request over TLS, since its key is as good as a password, and closes. */
// How a write or a close ends is told by channelInactive and exceptionCaught.
@SuppressWarnings("FutureReturnValueIgnored")
final class CancelSender extends ChannelInboundHandlerAdapter {
    private final CancelKey key;

    CancelSender(CancelKey key) {
        this.key = key;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ServerEncryption.Encrypted) {
            var request = context.alloc().buffer(16);
            StartupEncoder.encode(new StartupPacket.CancelRequest(key), request);
            context.writeAndFlush(request).addListener(ChannelFutureListener.CLOSE);
        } else if (event instanceof ServerEncryption.Failed) {
            context.close();
        }
    }
}
