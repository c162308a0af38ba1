package dev.railwaypostgres.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of a pair. Stands in the pipeline before Vert.x's own handler, which then sees no bytes, only the socket's
 * end. Everything happens on the socket's event loop.
 *
 * <p>Back pressure: while this side cannot be written, the other side is not read.
 */
// How a write or a close ends is told by channelInactive and exceptionCaught.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Peer extends ChannelInboundHandlerAdapter {
    /** What comes from a socket(). */
    public interface Listener {
        /** @param bytes the listener's to release */
        void onBytes(ByteBuf bytes);

        /** No more bytes for now: time to flush. */
        void onPause();

        /** The socket's own buffer is full, or has room again. */
        void onWritable(boolean isWritable);

        /** The socket is closed. Called once. */
        void onGone();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

    private @Nullable ChannelHandlerContext context;
    private Listener listener;
    private boolean isGone;

    /** Something was written since the last flush. One without reason costs an encrypted connection a call of its library. */
    private boolean isDirty;

    private Peer(Listener listener) {
        this.listener = listener;
    }

    /** Begins to listen, instead of whatever handler stands at that place under that name. */
    public static Peer instead(ChannelHandlerContext place, Listener listener) {
        var peer = new Peer(listener);
        place.pipeline().addAfter(place.name(), "peer", peer);
        place.pipeline().remove(place.name());
        return peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    private ChannelHandlerContext socket() {
        return Objects.requireNonNull(context, "in a pipeline from its first moment on");
    }

    public void listen(Listener next) {
        listener = next;
    }

    /** Goes out with the next flush. Bytes for a socket that is gone vanish. */
    public void write(ByteBuf bytes) {
        var here = socket();
        isDirty = true;
        here.write(bytes, here.voidPromise());
    }

    public void flush() {
        if (isDirty) {
            isDirty = false;
            socket().flush();
        }
    }

    public void writeAndFlush(ByteBuf bytes) {
        write(bytes);
        flush();
    }

    /** Closes after all that was written has gone out. */
    public void close() {
        socket().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    public boolean isWritable() {
        return socket().channel().isWritable();
    }

    public void read(boolean isOn) {
        if (socket().channel().config().isAutoRead() != isOn) {
            socket().channel().config().setAutoRead(isOn);
        }
    }

    public ByteBuf buffer(int size) {
        return socket().alloc().buffer(size);
    }

    /** Of the other end, as people write it. */
    public String address() {
        return socket().channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "";
    }

    public SocketView view() {
        var channel = socket().channel();
        var tls = socket().pipeline().get(SslHandler.class);
        var session = tls == null ? null : tls.engine().getSession();
        return new SocketView(
                channel.remoteAddress() instanceof InetSocketAddress remote ? remote : null,
                channel.localAddress() instanceof InetSocketAddress local ? local : null,
                session == null ? "" : session.getProtocol() + "/" + session.getCipherSuite());
    }

    public boolean isGone() {
        return isGone;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        listener.onBytes((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        listener.onPause();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        listener.onWritable(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone();
        context.fireChannelInactive();
    }

    /** Connections break; whatever else is thrown here is a mistake of ours, and costs this connection only. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof DecoderException)) {
            LOG.atError().setCause(cause).log("a connection is closed because of a mistake in the proxy");
        }
        context.close();
    }

    private void gone() {
        if (!isGone) {
            isGone = true;
            listener.onGone();
        }
    }
}
