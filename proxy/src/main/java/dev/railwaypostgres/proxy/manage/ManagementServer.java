package dev.railwaypostgres.proxy.manage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Serves {@code /livez}, {@code /readyz}, {@code /metrics} and {@code /v1/why}. */
public final class ManagementServer {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    /** What there is to show. Asked on the server's own event loop. */
    public interface Sight {
        boolean isReady();

        Future<List<DatabaseFigures>> figures();

        /**
         * Who has woken a database and who keeps it awake, as JSON; empty: there is no such database.
         *
         * @param database {@code namespace/name}
         */
        Future<Optional<String>> why(String database);
    }

    private final Vertx vertx;
    private final MetricsPage metrics;
    private final Sight sight;
    private final HttpServer server;

    public ManagementServer(Vertx vertx, MetricsPage metrics, Sight sight) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.sight = sight;
        this.server = vertx.createHttpServer().requestHandler(this::answer);
    }

    /** @param port 0: any free one */
    public Future<Integer> listen(int port) {
        return server.listen(port).map(HttpServer::actualPort);
    }

    private void answer(HttpServerRequest request) {
        var response = request.response();
        switch (request.path()) {
            case "/livez" -> response.end("ok\n");
            case "/readyz" -> ready(response);
            case "/metrics" -> metrics(response);
            case "/v1/why" -> why(request.getParam("database", ""), response);
            case null, default -> response.setStatusCode(404).end();
        }
    }

    private void ready(HttpServerResponse response) {
        boolean ready = sight.isReady();
        response.setStatusCode(ready ? 200 : 503).end(ready ? "ok\n" : "not ready\n");
    }

    /** The figures are taken on the event loop of the sessions, and written elsewhere: that may take a while. */
    private void metrics(HttpServerResponse response) {
        sight.figures()
                .compose(figures -> vertx.executeBlocking((Callable<String>) () -> metrics.of(figures)))
                .onSuccess(page -> response.putHeader("Content-Type", TEXT).end(page))
                .onFailure(_ -> response.setStatusCode(500).end());
    }

    private void why(String database, HttpServerResponse response) {
        response.putHeader("Content-Type", JSON);
        if (database.isEmpty()) {
            response.setStatusCode(400).end("{\"error\":\"Say which one: /v1/why?database=<namespace>/<name>\"}");
            return;
        }
        sight.why(database)
                .onSuccess(found -> response.setStatusCode(found.isPresent() ? 200 : 404)
                        .end(found.orElse("{\"error\":\"There is no such database here.\"}")))
                .onFailure(_ -> response.setStatusCode(500).end());
    }
}
