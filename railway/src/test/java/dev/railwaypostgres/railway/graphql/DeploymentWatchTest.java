package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.railwaypostgres.railway.DeploymentWatch;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.DeploymentStatus;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DeploymentWatchTest {
    private static final DeploymentId ID = new DeploymentId("deployment-1");

    private static final List<String> ORDER = List.of("QUEUED", "DEPLOYING", "SUCCESS", "CRASHED");

    private final RailwayServer server = new RailwayServer();
    private final RailwayClient client = server.client();
    private final BlockingQueue<DeploymentStatus> seen = new LinkedBlockingQueue<>();

    /** What is answered to questions, the last one for good. */
    private final Queue<MockResponse> answers = new ConcurrentLinkedQueue<>();

    private volatile MockResponse upgrade = new MockResponse.Builder().code(503).build();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void passesOnWhatRailwayPushes() throws InterruptedException {
        subscriptions("DEPLOYING", "SUCCESS");
        answers("QUEUED");

        try (DeploymentWatch _ = watch()) {
            assertThat(next()).isEqualTo(DeploymentStatus.QUEUED);
            assertThat(next()).isEqualTo(DeploymentStatus.DEPLOYING);
            assertThat(next()).isEqualTo(DeploymentStatus.SUCCESS);
        }
    }

    @Test
    void asksAgainAndAgainWhenRailwayDoesNotPush() throws InterruptedException {
        answers("QUEUED", "DEPLOYING", "SUCCESS");

        try (DeploymentWatch _ = watch()) {
            assertThat(next()).isEqualTo(DeploymentStatus.QUEUED);
            assertThat(next()).isEqualTo(DeploymentStatus.DEPLOYING);
            assertThat(next()).isEqualTo(DeploymentStatus.SUCCESS);
        }
    }

    @Test
    void goesOnByAskingWhenTheSubscriptionEnds() throws InterruptedException {
        subscriptions("DEPLOYING", "complete");
        answers("QUEUED");

        try (DeploymentWatch _ = watch()) {
            assertThat(next()).isEqualTo(DeploymentStatus.QUEUED);
            assertThat(next()).isEqualTo(DeploymentStatus.DEPLOYING);
            answers("SUCCESS");
            assertThat(next()).isEqualTo(DeploymentStatus.SUCCESS);
        }
    }

    @Test
    void overlooksWhatIsOlderThanWhatItKnows() throws InterruptedException {
        answers("DEPLOYING", "QUEUED", "SUCCESS");

        try (DeploymentWatch _ = watch()) {
            assertThat(next()).isEqualTo(DeploymentStatus.DEPLOYING);
            assertThat(next()).isEqualTo(DeploymentStatus.SUCCESS);
        }
    }

    @Test
    void survivesAnAnswerThatFails() throws InterruptedException {
        answers.add(new MockResponse.Builder()
                .body(RailwayServer.failure("Deployment not found", "INTERNAL_SERVER_ERROR"))
                .build());
        answers("SUCCESS");

        try (DeploymentWatch _ = watch()) {
            assertThat(next()).isEqualTo(DeploymentStatus.SUCCESS);
        }
    }

    @Test
    void asksNoMoreWhenTheDeploymentHasEnded() throws InterruptedException {
        answers("CRASHED");

        try (DeploymentWatch _ = watch()) {
            assertThat(next()).isEqualTo(DeploymentStatus.CRASHED);
            int asked = server.requestCount();
            assertThat(seen.poll(200, TimeUnit.MILLISECONDS)).isNull();
            assertThat(server.requestCount()).isEqualTo(asked);
        }
    }

    @Test
    void tellsNothingAfterItWasClosed() throws InterruptedException {
        answers("QUEUED", "QUEUED", "DEPLOYING", "SUCCESS");
        DeploymentWatch watch = watch();
        assertThat(next()).isEqualTo(DeploymentStatus.QUEUED);

        watch.close();
        watch.close();
        seen.clear();

        assertThat(seen.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    private DeploymentWatch watch() {
        server.dispatch(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return "websocket".equals(request.getHeaders().get("Upgrade")) ? upgrade : nextAnswer();
            }
        });
        return client.watch(ID, deployment -> seen.add(deployment.status()));
    }

    private DeploymentStatus next() throws InterruptedException {
        return Objects.requireNonNull(seen.poll(5, TimeUnit.SECONDS), "Nothing was told");
    }

    private MockResponse nextAnswer() {
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    private void answers(String... statuses) {
        for (String status : statuses) {
            answers.add(new MockResponse.Builder()
                    .body("{\"data\":" + deployment(status) + "}")
                    .build());
        }
    }

    private void subscriptions(String... messages) {
        upgrade = new MockResponse.Builder()
                .addHeader("Sec-WebSocket-Protocol", "graphql-transport-ws")
                .webSocketUpgrade(new Pushing(messages))
                .build();
    }

    private static String deployment(String status) {
        return """
                {"deployment": {"id": "deployment-1", "status": "%s", "deploymentStopped": false,
                  "statusUpdatedAt": "2026-11-24T03:00:%02dZ", "instances": []}}""".formatted(status, ORDER.indexOf(status));
    }

    /** Railway's end of the protocol: acknowledges, pings, and pushes once its ping was answered. */
    private static final class Pushing extends WebSocketListener {
        private final String[] messages;

        Pushing(String... messages) {
            this.messages = messages;
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            switch (type(text)) {
                case "connection_init" -> socket.send("{\"type\":\"connection_ack\"}");
                case "subscribe" -> socket.send("{\"type\":\"ping\"}");
                case "pong" -> push(socket);
                default -> socket.close(4400, "Unexpected message");
            }
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            socket.send("{\"type\":\"something new\"}");
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(code, reason);
        }

        private void push(WebSocket socket) {
            for (String message : messages) {
                socket.send(
                        message.equals("complete")
                                ? "{\"id\":\"1\",\"type\":\"complete\"}"
                                : "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":" + deployment(message)
                                        + "}}");
            }
        }

        private static String type(String text) {
            try {
                return Json.MAPPER.readTree(text).path("type").asText();
            } catch (JsonProcessingException nonsense) {
                throw new IllegalArgumentException(nonsense);
            }
        }
    }
}
