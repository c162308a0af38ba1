package dev.railwaypostgres.playground.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.regex.Pattern;

/** The few calls to Railway that a measurement makes itself, and what it reads off the simulator's counters. */
final class RailwayApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CHANGES =
            Pattern.compile(".*(Create|Update|Upsert|Delete|Commit|Deploy|Redeploy|Stop|Remove|Cancel|Restart).*");

    private final HttpClient http = HttpClient.newHttpClient();
    private final RailwaySimulator simulator;
    private final RailwaySimulator.ProjectIds ids;
    private final String token;

    RailwayApi(RailwaySimulator simulator, RailwaySimulator.ProjectIds ids) {
        this.simulator = simulator;
        this.ids = ids;
        this.token = simulator.createWorkspaceToken();
    }

    RailwaySimulator.ProjectIds ids() {
        return ids;
    }

    /** A service without a source: it never runs. */
    String createService(String name) {
        var input = JSON.createObjectNode()
                .put("projectId", ids.projectId())
                .put("environmentId", ids.environmentId())
                .put("name", name);
        return call("mutation($input: ServiceCreateInput!) { it: serviceCreate(input: $input) { id } }", input)
                .path("id")
                .asText();
    }

    String createVolume(String serviceId, String mountPath) {
        var input = JSON.createObjectNode()
                .put("projectId", ids.projectId())
                .put("environmentId", ids.environmentId())
                .put("serviceId", serviceId)
                .put("mountPath", mountPath);
        return call("mutation($input: VolumeCreateInput!) { it: volumeCreate(input: $input) { id } }", input)
                .path("id")
                .asText();
    }

    /** When the platform was asked for the service's latest deployment. */
    Instant lastDeployOf(String serviceId) {
        var query =
                "query($environmentId: String!, $serviceId: String!) { it: serviceInstance(environmentId: $environmentId,"
                        + " serviceId: $serviceId) { latestDeployment { createdAt } } }";
        var variables = JSON.createObjectNode()
                .put("environmentId", ids.environmentId())
                .put("serviceId", serviceId);
        return Instant.parse(send(query, variables)
                .path("latestDeployment")
                .path("createdAt")
                .asText());
    }

    /** How many starts were asked for, by whomever. */
    long starts() {
        return simulator.counters().of("serviceInstanceDeployV2");
    }

    /** Calls that list an environment: one for each resync. */
    long listings() {
        return simulator.counters().of("environment");
    }

    long calls() {
        return simulator.counters().total();
    }

    /** Calls that change something. */
    long changes() {
        return simulator.counters().byOperation().entrySet().stream()
                .filter(entry -> CHANGES.matcher(entry.getKey()).matches())
                .mapToLong(entry -> entry.getValue())
                .sum();
    }

    private JsonNode call(String document, ObjectNode input) {
        return send(document, JSON.createObjectNode().set("input", input));
    }

    private JsonNode send(String document, JsonNode variables) {
        var body = JSON.createObjectNode().put("query", document).set("variables", variables);
        var request = HttpRequest.newBuilder(simulator.url())
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var answer =
                    JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
            if (answer.has("errors")) {
                throw new IllegalStateException(answer.toString());
            }
            return answer.path("data").path("it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Railway was called", e);
        }
    }
}
