package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client as plain as can be: text out, JSON in. */
record Api(URI url, String header, String token) {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Api workspace(RailwaySimulator simulator) {
        return new Api(simulator.url(), "Authorization", "Bearer " + simulator.createWorkspaceToken());
    }

    static ObjectNode variables() {
        return JSON.createObjectNode();
    }

    /** The data of an answer that must have no errors. */
    JsonNode ask(String query, ObjectNode variables) {
        var answer = answer(query, variables);
        if (answer.has("errors")) {
            throw new AssertionError(answer.toString());
        }
        return answer.path("data");
    }

    /** The message of the first error of an answer that must have one. */
    String refusal(String query, ObjectNode variables) {
        var answer = answer(query, variables);
        return answer.path("errors").path(0).path("message").asText("no error in " + answer);
    }

    JsonNode answer(String query, ObjectNode variables) {
        try {
            return JSON.readTree(send(query, variables).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> send(String query, ObjectNode variables) {
        return send(query, variables, Duration.ofSeconds(20));
    }

    HttpResponse<String> send(String query, ObjectNode variables, Duration timeout) {
        var body = JSON.createObjectNode().put("query", query).set("variables", variables);
        var request = HttpRequest.newBuilder(url)
                .header(header, token)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
