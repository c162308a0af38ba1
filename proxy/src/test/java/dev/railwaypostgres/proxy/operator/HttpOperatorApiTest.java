package dev.railwaypostgres.proxy.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpOperatorApiTest {
    private static final DatabaseRef DATABASE = new DatabaseRef("shop", "orders");
    private static final Visitor VISITOR = new Visitor("10.0.0.1:5555", "psql", "app", "SELECT");
    private static final ScramVerifier VERIFIER = ScramVerifier.ofPassword("secret");

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 202;
    private volatile String body = "";
    private HttpServer server;
    private HttpOperatorApi api;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        api = new HttpOperatorApi(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Files.writeString(folder.resolve("token"), "first\n"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add("%s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            sent));
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void asksForAWakeInTheVisitorsName() {
        await(api.wake(DATABASE, VISITOR));
        assertThat(requests)
                .containsExactly(
                        "POST /v1/namespaces/shop/databases/orders/wake Bearer first "
                                + "{\"client\":\"10.0.0.1:5555\",\"application\":\"psql\",\"role\":\"app\",\"statement\":\"SELECT\"}");
    }

    @Test
    void saysWhyADatabaseMustStayAwake() {
        await(api.hold(DATABASE, VISITOR, "LISTEN"));
        assertThat(requests)
                .containsExactly(
                        "POST /v1/namespaces/shop/databases/orders/hold Bearer first "
                                + "{\"client\":\"10.0.0.1:5555\",\"application\":\"psql\",\"role\":\"app\",\"reason\":\"LISTEN\"}");
    }

    @Test
    void readsTheTokenAnew() throws IOException {
        await(api.wake(DATABASE, VISITOR));
        Files.writeString(folder.resolve("token"), "second");
        await(api.wake(DATABASE, VISITOR));
        assertThat(requests.getLast()).contains("Bearer second");
    }

    @Test
    void readsRolesAndLeavesOutThoseWithoutAVerifier() {
        status = 200;
        body = "{\"roles\":{\"app\":\"%s\",\"old\":\"md5abc\"},\"parameters\":{\"server_version\":\"17\"},\"new\":1}"
                .formatted(VERIFIER.encoded());
        var snapshot = await(api.roles(DATABASE));
        assertThat(snapshot.verifiers()).containsOnlyKeys("app").containsEntry("app", VERIFIER);
        assertThat(snapshot.parameters()).containsEntry("server_version", "17");
    }

    @Test
    void readsWhatRolesMayNotDo() {
        status = 200;
        body =
                "{\"roles\":{\"app\":\"%s\"},\"attributes\":{\"app\":{\"mayLogIn\":false,\"validUntil\":\"2030-01-01T00:00:00.000000Z\"},"
                                .formatted(VERIFIER.encoded())
                        + "\"group\":{\"mayLogIn\":false}}}";
        assertThat(await(api.roles(DATABASE)).attributes())
                .containsEntry("app", new RoleAttributes(false, Instant.parse("2030-01-01T00:00:00Z"), false))
                .containsEntry("group", new RoleAttributes(false, Instant.MAX, false));
    }

    @Test
    void tellsUnknownNeverReadyAndUnavailableApart() {
        status = 404;
        assertThatThrownBy(() -> await(api.roles(DATABASE)))
                .hasCauseInstanceOf(OperatorException.UnknownDatabase.class);
        status = 409;
        assertThatThrownBy(() -> await(api.roles(DATABASE))).hasCauseInstanceOf(OperatorException.NeverReady.class);
        status = 503;
        assertThatThrownBy(() -> await(api.roles(DATABASE))).hasCauseInstanceOf(OperatorException.Unavailable.class);
        server.stop(0);
        assertThatThrownBy(() -> await(api.wake(DATABASE, VISITOR)))
                .hasCauseInstanceOf(OperatorException.Unavailable.class);
    }
}
