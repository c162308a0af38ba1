package dev.railwaypostgres.operator.manage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics}.
 *
 * <p>Alive is whoever answers: what a restart cannot cure must not cause one.
 */
public final class ManagementServer implements AutoCloseable {
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Starts to serve.
     *
     * @param port 0 for any that is free
     * @param metrics in Prometheus' text format
     */
    public ManagementServer(int port, BooleanSupplier isReady, Supplier<String> metrics) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("The management server cannot listen on port " + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/livez", exchange -> answer(exchange, HttpURLConnection.HTTP_OK, "alive\n"));
        server.createContext("/readyz", exchange -> answerReady(exchange, isReady.getAsBoolean()));
        server.createContext("/metrics", exchange -> answer(exchange, HttpURLConnection.HTTP_OK, metrics.get()));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answerReady(HttpExchange exchange, boolean isReady) throws IOException {
        var status = isReady ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE;
        answer(exchange, status, isReady ? "ready\n" : "not ready\n");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
