package dev.railwaypostgres.proxy.server;

import dev.railwaypostgres.proxy.auth.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the PROXY header, version 2, off a connection's beginning. Whoever sends anything else is closed without a word,
 * and so are health checks, which say that they come for nobody (LOCAL).
 */
final class AnnouncedAddress extends SimpleChannelInboundHandler<HAProxyMessage> {
    /** What load balancers add, such as the name of a private link, is shorter. */
    private static final int MAX_ADDITIONS = 1_024;

    private final Consumer<@Nullable ClientAddress> told;

    private AnnouncedAddress(Consumer<@Nullable ClientAddress> told) {
        this.told = told;
    }

    /** @param told gets the address, or null if the header names none that can be used */
    static void read(ChannelPipeline pipeline, String before, Consumer<@Nullable ClientAddress> told) {
        pipeline.addBefore(before, "proxy-header", new Header());
        pipeline.addBefore(before, "announced-address", new AnnouncedAddress(told));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage header) {
        if (header.protocolVersion() != HAProxyProtocolVersion.V2 || header.command() == HAProxyCommand.LOCAL) {
            var _ = context.close();
            return;
        }
        told.accept(
                switch (header.proxiedProtocol()) {
                    case TCP4, TCP6 ->
                        new ClientAddress(InetAddress.ofLiteral(header.sourceAddress()), header.sourcePort());
                    case UNKNOWN, UDP4, UDP6, UNIX_STREAM, UNIX_DGRAM -> null;
                });
        context.pipeline().remove(this);
    }

    /** Refuses at once what is no header, instead of waiting for the rest of one. */
    private static final class Header extends HAProxyMessageDecoder {
        private static final byte FIRST = '\r';

        private boolean hasBegun;

        Header() {
            super(MAX_ADDITIONS);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (!hasBegun && message instanceof ByteBuf bytes && bytes.getByte(bytes.readerIndex()) != FIRST) {
                bytes.release();
                var _ = context.close();
                return;
            }
            hasBegun = true;
            super.channelRead(context, message);
        }
    }
}
