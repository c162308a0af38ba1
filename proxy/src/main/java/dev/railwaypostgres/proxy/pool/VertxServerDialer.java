package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.proxy.relay.KeepAlive;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.tls.TlsEngine;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.function.Consumer;

/** Dials with Vert.x' client, which puts the socket on the given context's event loop. */
public final class VertxServerDialer implements ServerDialer {
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    /** Vert.x' own handler, which stays last. */
    private static final String VERTX_HANDLER = "handler";

    private final Context loop;
    private final NetClient client;
    private final SslContext tls;

    public VertxServerDialer(Vertx vertx, Context loop) {
        this.loop = loop;
        this.client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true));
        // The compute signs its own certificate. Channel binding in the login is what proves who it is.
        this.tls = TlsEngine.forClientOfAnybody(SslContextBuilder.forClient());
    }

    @Override
    public void dial(Address address, LoginRequest login, Consumer<DialOutcome> outcome) {
        connect(address, new ServerLogin(address, login, outcome), why -> outcome.accept(new DialOutcome.Asleep(why)));
    }

    @Override
    public void cancel(Address address, CancelKey key, Runnable then) {
        connect(address, new CancelSender(key, then), _ -> then.run());
    }

    private void connect(Address address, ChannelHandler handler, Consumer<String> unreachable) {
        loop.runOnContext(_ -> client.connect(address.port(), address.host()).onComplete(connected -> {
            if (connected.failed()) {
                unreachable.accept(connected.cause().getClass().getSimpleName());
                return;
            }
            var socket = ((NetSocketInternal) connected.result()).channelHandlerContext();
            if (!socket.channel().isOpen()) {
                // It was lost in the same moment, and nothing more will be heard of it.
                unreachable.accept("closed at once");
                return;
            }
            KeepAlive.quicken(socket.channel());
            var encryption = new ServerEncryption(tls);
            socket.pipeline().addBefore(VERTX_HANDLER, "encryption", encryption);
            socket.pipeline().addBefore(VERTX_HANDLER, "login", handler);
            encryption.start();
        }));
    }
}
