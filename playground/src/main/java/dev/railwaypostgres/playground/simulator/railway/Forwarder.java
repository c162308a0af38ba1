package dev.railwaypostgres.playground.simulator.railway;

import dev.railwaypostgres.playground.simulator.railway.Quirks.StoppedPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One public port: passes bytes to wherever the service listens at the moment, and is odd in the chosen way when it does not run. */
final class Forwarder {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final NetClient client;
    private final int port;
    private final Quirks quirks;
    private final AtomicReference<@Nullable Integer> upstream = new AtomicReference<>();
    private @Nullable NetServer server;

    Forwarder(Vertx vertx, NetClient client, int port, Quirks quirks) {
        this.vertx = vertx;
        this.client = client;
        this.port = port;
        this.quirks = quirks;
    }

    /** The service listens there from now on. */
    synchronized void forwardTo(int upstreamPort) {
        upstream.set(upstreamPort);
        listen();
    }

    /** The service has stopped. */
    synchronized void forwardNowhere() {
        upstream.set(null);
        if (quirks.stoppedPort() == StoppedPort.REFUSES) {
            close();
        } else {
            listen();
        }
    }

    synchronized void close() {
        Optional.ofNullable(server).ifPresent(open -> open.close().await());
        server = null;
    }

    private void listen() {
        if (server == null) {
            server = vertx.createNetServer()
                    .connectHandler(this::accept)
                    .listen(port, LOOPBACK)
                    .await();
        }
    }

    private void accept(NetSocket inbound) {
        var target = upstream.get();
        if (target != null) {
            inbound.pause();
            client.connect(target, LOOPBACK)
                    .onSuccess(outbound -> join(inbound, outbound))
                    .onFailure(_ -> inbound.close());
        } else if (quirks.stoppedPort() != StoppedPort.HANGS) {
            inbound.close();
        }
    }

    private static void join(NetSocket inbound, NetSocket outbound) {
        Future.join(inbound.pipeTo(outbound), outbound.pipeTo(inbound)).onComplete(_ -> {
            inbound.close();
            outbound.close();
        });
    }
}
