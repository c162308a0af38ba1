package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railwaypostgres.railway.Backoff;
import dev.railwaypostgres.railway.CallListener;
import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A Railway that says what a test tells it to. */
final class RailwayServer implements AutoCloseable {
    static final String TOKEN = "5f2c-token-that-nobody-may-see";
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    final List<CallListener.Call> calls = new CopyOnWriteArrayList<>();
    private final MockWebServer server = new MockWebServer();
    private final List<RailwayClient> clients = new ArrayList<>();

    RailwayServer() {
        try {
            server.start();
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }

    RailwayClient client() {
        return client(RailwayToken.Kind.WORKSPACE);
    }

    RailwayClient client(RailwayToken.Kind kind) {
        return client(kind, LONG);
    }

    RailwayClient impatientClient() {
        return client(RailwayToken.Kind.WORKSPACE, SHORT);
    }

    private RailwayClient client(RailwayToken.Kind kind, Duration timeout) {
        RailwaySettings settings = new RailwaySettings(
                server.url("/graphql/v2").uri(),
                new RailwayToken(kind, TOKEN),
                Plan.PRO,
                LONG,
                timeout,
                Duration.ofMillis(20),
                new Backoff(Duration.ofMillis(1), 2, Duration.ofMillis(5), 0));
        RailwayClient client = GraphQlRailwayClient.connect(settings, calls::add);
        clients.add(client);
        return client;
    }

    RailwayServer answers(String data) {
        return responds(new MockResponse.Builder().body("{\"data\":" + data + "}"));
    }

    RailwayServer fails(String message) {
        return responds(new MockResponse.Builder().body(failure(message, "INTERNAL_SERVER_ERROR")));
    }

    RailwayServer responds(MockResponse.Builder response) {
        server.enqueue(response.build());
        return this;
    }

    RailwayServer respondsWithStatus(int status) {
        return responds(new MockResponse.Builder().code(status).body("<html>no JSON</html>"));
    }

    static String failure(String message, String code) {
        return Json.MAPPER
                .createObjectNode()
                .set(
                        "errors",
                        Json.MAPPER
                                .createArrayNode()
                                .add(Json.MAPPER
                                        .createObjectNode()
                                        .put("message", message)
                                        .put("traceId", "trace-7")
                                        .set(
                                                "extensions",
                                                Json.MAPPER.createObjectNode().put("code", code))))
                .toString();
    }

    RecordedRequest takeRequest() {
        try {
            return Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS), "No call was made");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The variables of the next call. */
    JsonNode takeVariables() {
        try {
            String body = Objects.requireNonNull(takeRequest().getBody()).utf8();
            return Json.MAPPER.readTree(body).path("variables");
        } catch (IOException nonsense) {
            throw new UncheckedIOException(nonsense);
        }
    }

    void dispatch(Dispatcher dispatcher) {
        server.setDispatcher(dispatcher);
    }

    int requestCount() {
        return server.getRequestCount();
    }

    @Override
    public void close() {
        clients.forEach(RailwayClient::close);
        server.close();
    }
}
