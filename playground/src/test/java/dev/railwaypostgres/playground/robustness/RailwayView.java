package dev.railwaypostgres.playground.robustness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.railwaypostgres.playground.run.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Railway as a person sees it who looks at the environment, or clicks there. */
record RailwayView(URI api, String token, String environmentId) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ALL = """
            query($id: String!) { environment(id: $id) {
              serviceInstances(first: 1000) { edges { node { serviceId serviceName deletedAt } } }
              volumeInstances(first: 1000) { edges { node { volumeId serviceId deletedAt isPendingDeletion } } } } }""";

    /** A service that is there. */
    record Service(String id, String name) {}

    /** A volume that is there; the service's id is empty for one that belongs to nobody. */
    record Volume(String id, String serviceId) {}

    static RailwayView of(Stage stage) {
        var playground = stage.playground();
        var token = playground
                .kubectl()
                .run("-n", "railway-system", "get", "secret", "railway-token", "-o", "jsonpath={.data.token}");
        return new RailwayView(
                playground.railway().url(),
                new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8),
                playground.operator().setting("RAILWAY_ENVIRONMENT_ID"));
    }

    /** The services of a database, which begin with its name. */
    List<Service> services(String database) {
        return nodes("serviceInstances")
                .map(node -> new Service(
                        node.path("serviceId").asText(),
                        node.path("serviceName").asText()))
                .filter(service -> service.name().matches(database + "-[0-9a-f]{8}"))
                .toList();
    }

    List<Volume> volumes() {
        return nodes("volumeInstances")
                .filter(node -> !node.path("isPendingDeletion").asBoolean())
                .map(node -> new Volume(
                        node.path("volumeId").asText(), node.path("serviceId").asText("")))
                .toList();
    }

    /** The volumes of all services of a database. */
    List<Volume> volumes(String database) {
        var ids = services(database).stream().map(Service::id).toList();
        return volumes().stream()
                .filter(volume -> ids.contains(volume.serviceId()))
                .toList();
    }

    /** How many public ports a service has. */
    int addresses(Service service) {
        var found = ask(
                "query($e: String!, $s: String!) { tcpProxies(environmentId: $e, serviceId: $s) { id deletedAt } }",
                Map.of("e", environmentId, "s", service.id()));
        return (int) elements(found.path("tcpProxies"))
                .filter(node -> node.path("deletedAt").isNull())
                .count();
    }

    void deleteService(Service service) {
        ask(
                "mutation($e: String!, $s: String!) { serviceDelete(environmentId: $e, id: $s) }",
                Map.of("e", environmentId, "s", service.id()));
    }

    private Stream<JsonNode> nodes(String connection) {
        var environment = ask(ALL, Map.of("id", environmentId)).path("environment");
        return elements(environment.path(connection).path("edges"))
                .map(edge -> edge.path("node"))
                .filter(node -> node.path("deletedAt").isNull());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private JsonNode ask(String query, Map<String, String> variables) {
        try (var http = HttpClient.newHttpClient()) {
            var body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
            var request = HttpRequest.newBuilder(api)
                    .timeout(LIMIT)
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            var answer =
                    JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
            if (answer.has("errors")) {
                throw new AssertionError("Railway refuses: " + answer.path("errors"));
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException("Railway does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while asking Railway", e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "RailwayView[" + api + "]";
    }
}
