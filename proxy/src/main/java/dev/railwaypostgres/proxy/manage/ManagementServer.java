package dev.railwaypostgres.proxy.manage;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;

/** Serves {@code /livez}, {@code /readyz} and {@code /metrics}. */
public final class ManagementServer {
    private final PrometheusMeterRegistry registry;
    private final BooleanSupplier isReady;
    private final HttpServer server;

    public ManagementServer(Vertx vertx, PrometheusMeterRegistry registry, BooleanSupplier isReady) {
        this.registry = registry;
        this.isReady = isReady;
        this.server = vertx.createHttpServer().requestHandler(this::answer);
    }

    /** @param port 0: any free one */
    public Future<Integer> listen(int port) {
        return server.listen(port).map(HttpServer::actualPort);
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/livez" -> request.response().end("ok\n");
            case "/readyz" -> ready(request);
            case "/metrics" ->
                request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(registry.scrape());
            case null, default -> request.response().setStatusCode(404).end();
        }
    }

    private void ready(HttpServerRequest request) {
        boolean ready = isReady.getAsBoolean();
        request.response().setStatusCode(ready ? 200 : 503).end(ready ? "ok\n" : "not ready\n");
    }
}
