package dev.railwaypostgres.playground.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Lets another process ask a running playground what it does. */
final class StatusServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int OK = 200;

    private final HttpServer server;
    private final Home home;

    private StatusServer(HttpServer server, Home home) {
        this.server = server;
        this.home = home;
    }

    static StatusServer start(Home home, Supplier<String> report) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> answer(exchange, report));
            server.start();
            Files.writeString(
                    home.statusAddress(),
                    "http://127.0.0.1:" + server.getAddress().getPort());
            return new StatusServer(server, home);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot tell others what runs", e);
        }
    }

    /** What the playground that runs in this home reports; empty when none does. */
    static Optional<String> ask(Home home) {
        if (!Files.exists(home.statusAddress())) {
            return Optional.empty();
        }
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create(Files.readString(home.statusAddress()));
            var request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
            return Optional.of(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException _) {
            // The one that wrote the address was killed.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void answer(HttpExchange exchange, Supplier<String> report) throws IOException {
        try (exchange) {
            var bytes = report.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(OK, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        Files.deleteIfExists(home.statusAddress());
    }
}
