package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railwaypostgres.railway.model.DeploymentId;
import java.util.function.Consumer;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * One subscription, by the protocol graphql-transport-ws.
 *
 * <pre>
 *   connection_init  ---&gt;
 *                    &lt;---  connection_ack
 *   subscribe        ---&gt;
 *                    &lt;---  next, next, … (ping at any time, to be answered by pong)
 *                    &lt;---  error or complete: the end
 * </pre>
 */
final class DeploymentSubscription extends WebSocketListener {
    private static final int NORMAL_END = 1000;

    private final DeploymentId id;
    private final Consumer<News> listener;

    DeploymentSubscription(DeploymentId id, Consumer<News> listener) {
        this.id = id;
        this.listener = listener;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        socket.send("{\"type\":\"connection_init\"}");
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        try {
            JsonNode message = Json.MAPPER.readTree(text);
            switch (message.path("type").asText()) {
                case "connection_ack" -> subscribe(socket);
                case "ping" -> socket.send("{\"type\":\"pong\"}");
                case "next" -> next(message.path("payload").path("data").path("deployment"));
                case "error", "complete" -> end(socket, "Railway ended the subscription");
                default -> {} // The protocol asks to be tolerant of what it may grow.
            }
        } catch (JsonProcessingException nonsense) {
            end(socket, "Railway's message is not what was subscribed to");
        }
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        end(socket, "Railway closed the connection with " + code);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
        listener.accept(new News.Lost(String.valueOf(failure.getMessage())));
    }

    private void subscribe(WebSocket socket) {
        JsonNode subscribe = Json.MAPPER
                .createObjectNode()
                .put("id", "1")
                .put("type", "subscribe")
                .set("payload", GraphQlTransport.question(Operations.WATCH_DEPLOYMENT, new Variables.ById(id)));
        socket.send(subscribe.toString());
        listener.accept(new News.Subscribed());
    }

    private void next(JsonNode deployment) throws JsonProcessingException {
        listener.accept(new News.Changed(Operations.WATCH_DEPLOYMENT.read(deployment)));
    }

    private void end(WebSocket socket, String why) {
        listener.accept(new News.Lost(why));
        socket.close(NORMAL_END, null);
    }
}
