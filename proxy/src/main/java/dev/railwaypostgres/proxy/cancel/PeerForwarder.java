package dev.railwaypostgres.proxy.cancel;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.startup.DirectTls;
import dev.railwaypostgres.postgres.startup.StartupEncoder;
import dev.railwaypostgres.postgres.startup.StartupPacket;
import dev.railwaypostgres.proxy.auth.ClientAddress;
import dev.railwaypostgres.proxy.tls.TlsEngine;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests on as any client would send them, on a connection of their own: encrypted when we encrypt, with the
 * client's address ahead when the other replica expects that of us. A request costs at most one connection for each
 * replica with its number, for a second at most, and there are never many at a time.
 */
// How a write or a close ends is nobody's concern: a cancel request is a wish.
@SuppressWarnings("FutureReturnValueIgnored")
public final class PeerForwarder implements CancelForwarder {
    private static final int AT_A_TIME = 100;
    private static final int CONNECT_MILLIS = 1_000;
    private static final long DEADLINE_MILLIS = 3_000;

    /**
     * What the other replicas expect of a connection, which is what we expect ourselves.
     *
     * @param isEncrypted they take TLS
     * @param isAnnounced they want to hear whom we speak for
     */
    public record Manners(boolean isEncrypted, boolean isAnnounced) {}

    private final Context loop;
    private final PeerDirectory peers;
    private final Manners manners;
    private final @Nullable SslContext tls;
    private final NetClient client;
    private int underWay;

    public PeerForwarder(Vertx vertx, Context loop, PeersConfig config, int ownPort, Manners manners) {
        this.loop = loop;
        this.peers = new PeerDirectory(config, ownPort);
        this.manners = manners;
        this.tls = manners.isEncrypted() ? tls() : null;
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true));
    }

    private static SslContext tls() {
        return TlsEngine.forClientOfAnybody(SslContextBuilder.forClient()
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        DirectTls.ALPN_PROTOCOL)));
    }

    @Override
    public void forward(CancelKeys.Destination.Elsewhere request, ClientAddress from) {
        if (underWay >= AT_A_TIME) {
            return;
        }
        underWay++;
        Thread.ofVirtual().name("cancel-peers").start(() -> {
            var found = peers.with(request.replica());
            loop.runOnContext(_ -> send(found, request.sealed(), from));
        });
    }

    private void send(List<InetSocketAddress> found, CancelKey key, ClientAddress from) {
        underWay += found.size() - 1;
        for (var peer : found) {
            client.connect(peer.getPort(), peer.getAddress().getHostAddress()).onComplete(connected -> {
                if (connected.succeeded()) {
                    var channel = ((NetSocketInternal) connected.result())
                            .channelHandlerContext()
                            .channel();
                    channel.closeFuture().addListener(_ -> underWay--);
                    say(channel, key, from);
                } else {
                    underWay--;
                }
            });
        }
    }

    private void say(Channel channel, CancelKey key, ClientAddress from) {
        channel.eventLoop().schedule(() -> channel.close(), DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        if (manners.isAnnounced()) {
            announce(channel, from);
        }
        if (tls != null) {
            channel.pipeline().addFirst("tls", tls.newHandler(channel.alloc()));
        }
        var packet = channel.alloc().buffer();
        StartupEncoder.encode(new StartupPacket.CancelRequest(key), packet);
        channel.writeAndFlush(packet).addListener(ChannelFutureListener.CLOSE);
    }

    private static void announce(Channel channel, ClientAddress from) {
        var to = (InetSocketAddress) channel.remoteAddress();
        boolean isSix = from.host() instanceof Inet6Address;
        channel.pipeline().addFirst("announcement", HAProxyMessageEncoder.INSTANCE);
        channel.writeAndFlush(new HAProxyMessage(
                HAProxyProtocolVersion.V2,
                HAProxyCommand.PROXY,
                isSix ? HAProxyProxiedProtocol.TCP6 : HAProxyProxiedProtocol.TCP4,
                from.host().getHostAddress(),
                // Nobody reads it.
                isSix ? "::" : "0.0.0.0",
                from.port(),
                to.getPort()));
        channel.pipeline().remove("announcement");
    }
}
