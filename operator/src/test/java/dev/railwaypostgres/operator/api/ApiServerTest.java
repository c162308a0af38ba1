package dev.railwaypostgres.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiServerTest {
    private static final String PROXY = "system:serviceaccount:system:proxy";
    private static final String ORDERS = "/v1/namespaces/shop/databases/orders/";
    private static final String WISH = """
            {"client":"10.0.0.1:5555","application":"psql","role":"app","reason":"LISTEN","later":1}""";

    private final FakeDatabases databases = new FakeDatabases();
    private final ApiServer server = new ApiServer(0, databases, ApiServerTest::userOf, PROXY);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    @Test
    void takesAWakeDown() throws Exception {
        assertThat(post("wake", WISH).statusCode()).isEqualTo(202);
        assertThat(databases.wishes).containsExactly("wake shop/orders app/psql/10.0.0.1:5555");
    }

    @Test
    void takesAHoldDown() throws Exception {
        assertThat(post("hold", WISH).statusCode()).isEqualTo(202);
        assertThat(databases.wishes).containsExactly("hold shop/orders LISTEN (psql 10.0.0.1:5555)");
    }

    @Test
    void printsNoControlCharactersOfClients() throws Exception {
        post("wake", "{\"application\":\"a\\u001b[2Jb\\n\",\"role\":\"\"}");

        assertThat(databases.wishes).containsExactly("wake shop/orders unknown/a?[2Jb?/unknown");
    }

    @Test
    void givesTheRolesAsTheyAreStored() throws Exception {
        var answer = send(request(ORDERS + "roles").GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"roles\":{}}");
    }

    @Test
    void saysThatADatabaseHasNeverBeenReady() throws Exception {
        var answer = send(request("/v1/namespaces/shop/databases/new/roles").GET());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("{\"error\":\"The database shop/new has never been ready yet.\"}");
    }

    @Test
    void doesNotKnowOtherDatabases() throws Exception {
        assertThat(send(request("/v1/namespaces/shop/databases/other/roles").GET())
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(request("/v1/namespaces/shop/databases/other/wake").POST(BodyPublishers.ofString(WISH)))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void doesNotKnowOtherPaths() throws Exception {
        assertThat(send(request("/v1/namespaces/shop/databases/orders").GET()).statusCode())
                .isEqualTo(404);
        assertThat(send(request(ORDERS + "delete").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(request(ORDERS + "..%2fwake").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void insistsOnTheMethod() throws Exception {
        assertThat(send(request(ORDERS + "wake").GET()).statusCode()).isEqualTo(405);
    }

    @Test
    void refusesWhoHasNoToken() throws Exception {
        var request = HttpRequest.newBuilder(uri(ORDERS + "roles")).GET();

        assertThat(send(request).statusCode()).isEqualTo(401);
        assertThat(send(request.header("Authorization", "Bearer wrong")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesEverybodyButTheProxy() throws Exception {
        var request = HttpRequest.newBuilder(uri(ORDERS + "roles"))
                .header("Authorization", "Bearer token-of-somebody-else")
                .GET();

        assertThat(send(request).statusCode()).isEqualTo(403);
    }

    @Test
    void refusesABodyThatIsNoWish() throws Exception {
        assertThat(post("wake", "wake up").statusCode()).isEqualTo(400);
        assertThat(post("wake", "").statusCode()).isEqualTo(400);
        assertThat(post("wake", "[]").statusCode()).isEqualTo(400);
        assertThat(databases.wishes).isEmpty();
    }

    @Test
    void refusesABodyThatIsTooLong() throws Exception {
        assertThat(post("wake", "{\"role\":\"" + "x".repeat(5000) + "\"}").statusCode())
                .isEqualTo(413);
    }

    @Test
    void asksToTryAgainWhenKubernetesDoesNotAnswer() throws Exception {
        var answer =
                send(request("/v1/namespaces/shop/databases/unreachable/roles").GET());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"error\"").doesNotContain("10.96.0.1");
    }

    private HttpResponse<String> post(String verb, String body) throws Exception {
        return send(request(ORDERS + verb).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer token-of-proxy");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static Optional<String> userOf(String token) {
        return switch (token) {
            case "token-of-proxy" -> Optional.of(PROXY);
            case "token-of-somebody-else" -> Optional.of("system:serviceaccount:shop:default");
            default -> Optional.empty();
        };
    }

    /** Knows {@code orders}, {@code new} and {@code unreachable}. */
    private static final class FakeDatabases implements Databases {
        final List<String> wishes = new CopyOnWriteArrayList<>();

        @Override
        public boolean requestWake(DatabaseName database, Wish wish) {
            return leave("wake " + database + " " + wish.asWake(), database);
        }

        @Override
        public boolean hold(DatabaseName database, Wish wish) {
            return leave("hold " + database + " " + wish.asHold(), database);
        }

        private boolean leave(String word, DatabaseName database) {
            var known = database.name().equals("orders");
            if (known) {
                wishes.add(word);
            }
            return known;
        }

        @Override
        public RolesAnswer roles(DatabaseName database) {
            return switch (database.name()) {
                case "orders" -> new RolesAnswer.Known("{\"roles\":{}}");
                case "new" -> new RolesAnswer.NeverReady();
                case "unreachable" -> throw new KubernetesClientException("no route to 10.96.0.1");
                default -> new RolesAnswer.NoDatabase();
            };
        }
    }
}
