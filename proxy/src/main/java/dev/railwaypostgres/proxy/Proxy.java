package dev.railwaypostgres.proxy;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.proxy.auth.LoginGuard;
import dev.railwaypostgres.proxy.auth.SharedKey;
import dev.railwaypostgres.proxy.cancel.CancelForwarder;
import dev.railwaypostgres.proxy.cancel.CancelKeys;
import dev.railwaypostgres.proxy.cancel.PeerForwarder;
import dev.railwaypostgres.proxy.console.Console;
import dev.railwaypostgres.proxy.console.Ports;
import dev.railwaypostgres.proxy.manage.DatabaseFigures;
import dev.railwaypostgres.proxy.manage.ManagementServer;
import dev.railwaypostgres.proxy.manage.MetricsPage;
import dev.railwaypostgres.proxy.manage.ProxyMetrics;
import dev.railwaypostgres.proxy.operator.HttpOperatorApi;
import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.pool.PoolTimes;
import dev.railwaypostgres.proxy.pool.VertxServerDialer;
import dev.railwaypostgres.proxy.route.KubernetesRouteSource;
import dev.railwaypostgres.proxy.route.RouteSource;
import dev.railwaypostgres.proxy.server.ProxyServer;
import dev.railwaypostgres.proxy.session.CancelRegistry;
import dev.railwaypostgres.proxy.session.Sessions;
import dev.railwaypostgres.proxy.tls.LiveCertificate;
import dev.railwaypostgres.proxy.tls.TlsEngine;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy, ready to be embedded: {@code new Proxy(config, routes, operator).start()}.
 *
 * <p>All clients and servers live on one event loop; more of them need more replicas, which share nothing.
 */
public final class Proxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
    private static final long TICK_MILLIS = 100;
    private static final long SWEEP_MILLIS = 1_000;
    private static final long CERTIFICATE_LOOK_MILLIS = 2_000;
    private static final Duration START_TIME = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIME = Duration.ofSeconds(10);

    private final ProxyConfig config;
    private final RouteSource routes;
    private final OperatorApi operator;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProxyMetrics metrics = new ProxyMetrics(registry);
    private final MetricsPage page = new MetricsPage(registry);
    private @Nullable Running running;
    private volatile boolean isDraining;
    private volatile boolean isToEndAtOnce;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** What exists between start and close. */
    private record Running(Vertx vertx, ProxyServer server, int port, int managementPort) {}

    /** What the management port shows: whatever the sessions know is asked on their event loop. */
    private final class Sight implements ManagementServer.Sight {
        private final Context loop;
        private final Sessions sessions;

        Sight(Context loop, Sessions sessions) {
            this.loop = loop;
            this.sessions = sessions;
        }

        @Override
        public boolean isReady() {
            return routes.isSynced() && !isDraining;
        }

        @Override
        public Future<List<DatabaseFigures>> figures() {
            return onLoop(sessions::figures);
        }

        @Override
        public Future<Optional<String>> why(String database) {
            return onLoop(() -> sessions.why(database));
        }

        private <T> Future<T> onLoop(Supplier<T> question) {
            var answer = Promise.<T>promise();
            loop.runOnContext(_ -> Future.future((Promise<T> asked) -> asked.complete(question.get()))
                    .onComplete(answer));
            return answer.future();
        }
    }

    /** What an administrator may do to the process, through the console. */
    private final class Administration implements Ports.Program {
        private final @Nullable LiveCertificate certificate;
        private final Sessions sessions;
        private @Nullable Console console;

        Administration(@Nullable LiveCertificate certificate, Sessions sessions) {
            this.certificate = certificate;
            this.sessions = sessions;
        }

        @Override
        public CompletionStage<Void> reload() {
            return CompletableFuture.runAsync(this::readAnew, Thread::startVirtualThread);
        }

        private void readAnew() {
            try {
                if (certificate != null) {
                    certificate.reload();
                }
                if (console != null) {
                    console.reload();
                }
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }

        @Override
        public void end(Ports.End how) {
            isDraining = true;
            switch (how) {
                case NOW -> {
                    isToEndAtOnce = true;
                    Thread.startVirtualThread(() -> ended.complete(null));
                }
                case AFTER_CLIENTS -> endAfter(started().server().acceptNoMore());
                case AFTER_SERVERS -> {
                    endAfter(started().server().acceptNoMore());
                    endAfter(released());
                }
            }
        }

        private Future<Void> released() {
            var released = Promise.<Void>promise();
            started().vertx().setPeriodic(TICK_MILLIS, timer -> {
                if (sessions.databases().stream()
                        .allMatch(database -> database.pool().isReleased())) {
                    started().vertx().cancelTimer(timer);
                    released.complete();
                }
            });
            return released.future();
        }

        private void endAfter(Future<Void> moment) {
            moment.onComplete(_ -> Thread.startVirtualThread(() -> ended.complete(null)));
        }
    }

    /** @param routes is closed together with the proxy */
    public Proxy(ProxyConfig config, RouteSource routes, OperatorApi operator) {
        this.config = config;
        this.routes = routes;
        this.operator = operator;
    }

    /**
     * A proxy that watches Kubernetes.
     *
     * @param client is closed together with it
     */
    public static Proxy of(ProxyConfig config, KubernetesClient client) {
        return new Proxy(
                config,
                new KubernetesRouteSource(client, config.watchNamespaces()),
                new HttpOperatorApi(
                        Objects.requireNonNull(config.operatorUrl(), "no operator"),
                        Objects.requireNonNull(config.operatorTokenFile(), "no token")));
    }

    /**
     * Returns when clients are accepted.
     *
     * @throws IOException when the certificate cannot be read or a port cannot be had
     */
    public Proxy start() throws IOException {
        var certificate = certificate();
        var shared = SharedKey.read(config.sharedKeyFile());
        var transport = config.transport().transport();
        var vertx = Vertx.builder()
                .withTransport(transport)
                .with(new VertxOptions().setEventLoopPoolSize(1))
                .build();
        try {
            running = listen(vertx, certificate, shared);
        } catch (IOException e) {
            await(vertx.close(), CLOSE_TIME);
            throw e;
        }
        LOG.atInfo()
                .addKeyValue("port", port())
                .addKeyValue("managementPort", managementPort())
                .addKeyValue("transport", transport.name())
                .addKeyValue("tls", certificate == null ? "none" : TlsEngine.provider())
                .log("proxy accepts clients");
        return this;
    }

    private Running listen(Vertx vertx, @Nullable LiveCertificate certificate, Bytes shared) throws IOException {
        var loop = vertx.getOrCreateContext();
        var sessions = new Sessions(world(vertx, loop, shared));
        var console = console(new Administration(certificate, sessions));
        var door = new ProxyServer.Door(config.door(), certificate, console);
        var server = new ProxyServer(vertx, loop, sessions, door, metrics);
        var management = new ManagementServer(vertx, page, new Sight(loop, sessions));
        loop.runOnContext(_ -> vertx.setPeriodic(SWEEP_MILLIS, _ -> {
            sessions.sweep();
            if (console != null) {
                console.sweep();
            }
        }));
        routes.start(all -> loop.runOnContext(_ -> sessions.update(all)));
        int port = await(server.listen(config.listenPort()), START_TIME);
        if (certificate != null) {
            vertx.setPeriodic(
                    CERTIFICATE_LOOK_MILLIS,
                    _ -> Thread.ofVirtual().name("certificate-look").start(certificate::look));
        }
        return new Running(vertx, server, port, await(management.listen(config.managementPort()), START_TIME));
    }

    private @Nullable Console console(Administration process) throws IOException {
        var settings = config.console();
        if (settings == null) {
            return null;
        }
        var console = new Console(settings, process.sessions, new Ports(config.lines(), metrics::clients, process));
        process.console = console;
        return console;
    }

    private @Nullable LiveCertificate certificate() throws IOException {
        var tls = config.tls();
        return tls == null ? null : LiveCertificate.read(tls, metrics);
    }

    private CancelKeys keys(Bytes shared) {
        var peers = config.peers();
        return peers == null
                ? CancelKeys.alone(shared)
                : CancelKeys.of(new InetSocketAddress(peers.ownHost(), config.listenPort()), shared);
    }

    private Sessions.World world(Vertx vertx, Context loop, Bytes shared) {
        PoolTimes.Ticker ticker = tick -> {
            long timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick.run());
            return () -> vertx.cancelTimer(timer);
        };
        var times = new PoolTimes(task -> loop.runOnContext(_ -> task.run()), ticker, System::nanoTime);
        return new Sessions.World(
                config.domain(),
                config.wakeTimeout(),
                operator,
                new VertxServerDialer(vertx, loop),
                times,
                metrics,
                new CancelRegistry(keys(shared), forwarder(vertx, loop), metrics, times.clock()),
                new LoginGuard(shared, metrics, times.clock()));
    }

    private CancelForwarder forwarder(Vertx vertx, Context loop) {
        var peers = config.peers();
        if (peers == null) {
            return CancelForwarder.NOBODY;
        }
        boolean isAnnounced = config.door().announced().stream().anyMatch(from -> from.contains(peers.ownHost()));
        var manners = new PeerForwarder.Manners(config.tls() != null, isAnnounced);
        return new PeerForwarder(vertx, loop, peers, config.listenPort(), manners);
    }

    /** Where clients connect. */
    public int port() {
        return started().port();
    }

    /** Where probes and metrics are. */
    public int managementPort() {
        return started().managementPort();
    }

    private Running started() {
        if (running == null) {
            throw new IllegalStateException("the proxy has not been started");
        }
        return running;
    }

    /** Completes when an administrator has said at the console that the process is to end, and the moment has come. */
    public CompletionStage<Void> ended() {
        return ended;
    }

    /** Accepts no more clients and returns when all sessions have ended, at the latest when the drain's time is over. */
    public void drain() throws IOException {
        isDraining = true;
        if (isToEndAtOnce) {
            return;
        }
        await(
                started().server().drain(config.drainTimeout()),
                config.drainTimeout().plus(START_TIME));
    }

    /** Ends at once, without a drain. */
    @Override
    public void close() throws IOException {
        routes.close();
        if (running != null) {
            await(running.vertx().close(), CLOSE_TIME);
            running = null;
        }
    }

    private static <T extends @Nullable Object> T await(Future<T> future, Duration atMost) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("not done within " + atMost, e);
        }
    }
}
