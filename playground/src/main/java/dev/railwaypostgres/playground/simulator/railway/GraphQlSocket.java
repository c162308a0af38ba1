package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import graphql.ExecutionResult;
import graphql.GraphQL;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** One WebSocket of the {@code graphql-transport-ws} protocol. */
final class GraphQlSocket {
    static final String PROTOCOL = "graphql-transport-ws";
    private static final short UNAUTHORIZED = 4401;
    private static final short BAD_MESSAGE = 4400;

    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final ServerWebSocket socket;
    private final GraphQL graphQl;
    private final Row.Token caller;
    private final Executor workers;
    private volatile boolean isInitialised;

    /** Messages are answered one after the other, as they came; touched by the event loop only. */
    private CompletableFuture<Void> lastTurn = CompletableFuture.completedFuture(null);

    GraphQlSocket(ServerWebSocket socket, GraphQL graphQl, Row.Token caller, Executor workers) {
        this.socket = socket;
        this.graphQl = graphQl;
        this.caller = caller;
        this.workers = workers;
    }

    void open() {
        socket.textMessageHandler(text -> lastTurn = lastTurn.thenRunAsync(() -> receive(text), workers));
        socket.closeHandler(_ -> subscriptions.values().forEach(Subscription::cancel));
    }

    private void receive(String text) {
        try {
            var message = World.JSON.readTree(text);
            switch (message.path("type").asText()) {
                case "connection_init" -> {
                    isInitialised = true;
                    send("connection_ack", null, null);
                }
                case "ping" -> send("pong", null, null);
                case "pong" -> {}
                case "subscribe" -> subscribe(message.path("id").asText(), message.path("payload"));
                case "complete" -> cancel(message.path("id").asText());
                default -> close(BAD_MESSAGE, "Invalid message");
            }
        } catch (JsonProcessingException _) {
            close(BAD_MESSAGE, "Invalid message");
        }
    }

    private void subscribe(String id, JsonNode payload) {
        if (!isInitialised) {
            close(UNAUTHORIZED, "Unauthorized");
            return;
        }
        Map<String, @Nullable Object> request = World.JSON.convertValue(payload, new TypeReference<>() {});
        var input = GraphQlHttp.input(request);
        input.getGraphQLContext().put(Row.Token.class, caller);
        var result = graphQl.execute(input);
        Publisher<ExecutionResult> stream = result.getErrors().isEmpty() ? result.getData() : null;
        if (stream == null) {
            send("error", id, Answers.errors(result.getErrors()));
        } else {
            stream.subscribe(new Sender(id));
        }
    }

    private void cancel(String id) {
        var subscription = subscriptions.remove(id);
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private void close(short code, String reason) {
        socket.close(code, reason);
    }

    private void send(String type, @Nullable String id, @Nullable Object payload) {
        var message = new LinkedHashMap<String, Object>();
        message.put("type", type);
        if (id != null) {
            message.put("id", id);
        }
        if (payload != null) {
            message.put("payload", payload);
        }
        socket.writeTextMessage(Answers.json(message));
    }

    private final class Sender implements Subscriber<ExecutionResult> {
        private final String id;

        Sender(String id) {
            this.id = id;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscriptions.put(id, subscription);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ExecutionResult result) {
            send("next", id, Answers.of(result));
        }

        @Override
        public void onError(Throwable failure) {
            subscriptions.remove(id);
            close((short) 1011, "Internal server error");
        }

        @Override
        public void onComplete() {
            subscriptions.remove(id);
            send("complete", id, null);
        }
    }
}
