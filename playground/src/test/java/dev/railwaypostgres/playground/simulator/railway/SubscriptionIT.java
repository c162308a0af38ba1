package dev.railwaypostgres.playground.simulator.railway;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriptionIT {
    private RailwaySimulator simulator;
    private RailwaySimulator.ProjectIds ids;
    private Api api;

    @BeforeEach
    void start(@TempDir Path folder) {
        simulator = RailwaySimulator.start(new SimulatorConfig(folder, 0, Duration.ZERO, List.of(new ScriptImage())));
        ids = simulator.project("test");
        api = Api.workspace(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void tellsEveryStepOfADeployment() {
        var service = AService.running(api, ids, "watched", AService.WELL_BEHAVED);
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        service.stop();
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS*/STOPPED"));
        simulator.quirks().bootDelay(Duration.ofMillis(300));
        var deployment = service.deploy();

        var messages = new Messages();
        var socket = connect(messages, simulator.createWorkspaceToken());
        socket.sendText("{\"type\":\"connection_init\"}", true).join();
        eventually(() -> assertThat(messages.types()).containsExactly("connection_ack"));
        var subscribe = Api.JSON.createObjectNode().put("id", "1").put("type", "subscribe");
        var payload = subscribe.putObject("payload");
        payload.put("query", "subscription($id: String!) { deployment(id: $id) { id status deploymentStopped } }");
        payload.putObject("variables").put("id", deployment);
        socket.sendText(subscribe.toString(), true).join();

        eventually(() -> assertThat(messages.statuses()).endsWith("DEPLOYING", "SUCCESS"));
        socket.abort();
    }

    @Test
    void answersPings() {
        var messages = new Messages();
        var socket = connect(messages, simulator.createWorkspaceToken());
        socket.sendText("{\"type\":\"ping\"}", true).join();
        eventually(() -> assertThat(messages.types()).containsExactly("pong"));
        socket.abort();
    }

    @Test
    void tellsOfAnUnknownDeploymentByAnError() {
        var messages = new Messages();
        var socket = connect(messages, simulator.createWorkspaceToken());
        socket.sendText("{\"type\":\"connection_init\"}", true).join();
        socket.sendText(
                        "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription { deployment(id: \\\"x\\\") { id } }\"}}",
                        true)
                .join();
        eventually(() -> assertThat(messages.types()).containsExactly("connection_ack", "error"));
        socket.abort();
    }

    @Test
    void refusesAStranger() {
        assertThatThrownBy(() -> connect(new Messages(), "nobody")).hasMessageContaining("WebSocketHandshakeException");
    }

    private WebSocket connect(Messages messages, String token) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(simulator.url().toString().replace("http:", "ws:")), messages)
                .join();
    }

    private static final class Messages implements WebSocket.Listener {
        private final List<JsonNode> received = new CopyOnWriteArrayList<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
            try {
                received.add(Api.JSON.readTree(text.toString()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            socket.request(1);
            return null;
        }

        List<String> types() {
            return received.stream()
                    .map(message -> message.path("type").asText())
                    .toList();
        }

        List<String> statuses() {
            return received.stream()
                    .filter(message -> message.path("type").asText().equals("next"))
                    .map(message ->
                            message.at("/payload/data/deployment/status").asText())
                    .toList();
        }
    }
}
