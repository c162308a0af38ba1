package dev.railwaypostgres.proxy.server;

import dev.railwaypostgres.proxy.auth.ClientAddress;
import dev.railwaypostgres.proxy.console.Console;
import dev.railwaypostgres.proxy.manage.ProxyMetrics;
import dev.railwaypostgres.proxy.relay.KeepAlive;
import dev.railwaypostgres.proxy.session.Sessions;
import dev.railwaypostgres.proxy.tls.LiveCertificate;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for clients, and at the end lets their sessions finish. */
public final class ProxyServer {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);

    /** For those who are not quiet when the drain's time is over. */
    private static final Duration LAST_GRACE = Duration.ofSeconds(5);

    /** As far as a process is concerned. */
    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    /** Vert.x' own handler, which stays last. */
    private static final String VERTX_HANDLER = "handler";

    private static final String DOORWAY = "doorway";

    private static final int BACKLOG = 1024;

    private final Vertx vertx;
    private final Context loop;
    private final Sessions sessions;
    private final DoorConfig config;
    private final @Nullable LiveCertificate certificate;
    private final @Nullable Console console;
    private final Admission admission;
    private final ProxyMetrics metrics;
    private final NetServer server;

    /**
     * @param loop on which all clients and servers of this process live
     * @param door whom to let in
     */
    public ProxyServer(Vertx vertx, Context loop, Sessions sessions, Door door, ProxyMetrics metrics) {
        this.vertx = vertx;
        this.loop = loop;
        this.sessions = sessions;
        this.config = door.config();
        this.certificate = door.certificate();
        this.console = door.console();
        this.admission = new Admission(door.config(), metrics);
        this.metrics = metrics;
        this.server = vertx.createNetServer(new NetServerOptions()
                        .setTcpKeepAlive(true)
                        .setTcpNoDelay(true)
                        .setAcceptBacklog(BACKLOG))
                .connectHandler(this::accept);
    }

    /**
     * How clients come in.
     *
     * @param certificate null: unencrypted
     * @param console null: there is none
     */
    public record Door(
            DoorConfig config,
            @Nullable LiveCertificate certificate,
            @Nullable Console console) {}

    /**
     * @param port 0: any free one
     * @return the port
     */
    public Future<Integer> listen(int port) {
        var listening = Promise.<Integer>promise();
        loop.runOnContext(_ -> server.listen(port).map(NetServer::actualPort).onComplete(listening));
        return listening.future();
    }

    private void accept(NetSocket socket) {
        metrics.clients(1);
        var place = ((NetSocketInternal) socket).channelHandlerContext();
        KeepAlive.quicken(place.channel());
        var visit = admission.enter(place.channel());
        socket.closeHandler(_ -> {
            metrics.clients(-1);
            if (visit != null) {
                visit.end();
            }
        });
        // Without it Vert.x would close the socket when the server stops listening.
        socket.shutdownHandler(_ -> {});
        socket.exceptionHandler(_ -> LOG.atTrace().log("a client's connection broke"));
        // Whoever has left again already has no address any more.
        if (visit != null && place.channel().remoteAddress() instanceof InetSocketAddress from) {
            open(place.pipeline(), visit, ClientAddress.of(from));
        } else {
            var _ = place.close();
        }
    }

    private void open(ChannelPipeline pipeline, Admission.Visit visit, ClientAddress direct) {
        boolean isAnnounced = config.announced().stream().anyMatch(from -> from.contains(direct.host()));
        if (!isAnnounced && !visit.isFrom(direct)) {
            return;
        }
        pipeline.addBefore(
                VERTX_HANDLER, DOORWAY, new Doorway(sessions, visit, new ClientEncryption(certificate), console));
        if (isAnnounced) {
            AnnouncedAddress.read(
                    pipeline, DOORWAY, announced -> visit.isFrom(Objects.requireNonNullElse(announced, direct)));
        }
    }

    /**
     * Accepts no more; sessions go on for as long as their clients like.
     *
     * @return completes with the last of them
     */
    public Future<Void> acceptNoMore() {
        var empty = Promise.<Void>promise();
        loop.runOnContext(_ -> {
            LOG.atInfo().addKeyValue("sessions", sessions.count()).log("no more clients are accepted");
            server.shutdown(FOR_EVER.toMillis(), TimeUnit.MILLISECONDS);
            sessions.whenEmpty(() -> empty.tryComplete());
        });
        return empty.future();
    }

    /**
     * Accepts no more; sessions go on for the given time, then end between two transactions, and after a last grace in any
     * case.
     */
    public Future<Void> drain(Duration patience) {
        var drained = Promise.<Void>promise();
        loop.runOnContext(_ -> {
            LOG.atInfo().addKeyValue("sessions", sessions.count()).log("draining: no more clients are accepted");
            server.shutdown(patience.plus(LAST_GRACE).plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
            sessions.whenEmpty(() -> drained.tryComplete());
            vertx.setTimer(Math.max(1, patience.toMillis()), _ -> {
                sessions.drainEnded();
                vertx.setTimer(LAST_GRACE.toMillis(), _ -> {
                    sessions.drainEnded();
                    drained.tryComplete();
                });
            });
        });
        return drained.future();
    }
}
