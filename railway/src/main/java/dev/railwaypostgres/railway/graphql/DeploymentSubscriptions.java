package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.DeploymentWatch;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.model.DeploymentId;
import java.time.Duration;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;

/** Opens subscriptions to deployments, each on a WebSocket of its own. */
final class DeploymentSubscriptions {
    private static final String PROTOCOL = "graphql-transport-ws";
    private static final Duration PING = Duration.ofSeconds(20);
    private static final int NORMAL_END = 1000;

    private final OkHttpClient http;
    private final Request upgrade;

    DeploymentSubscriptions(OkHttpClient http, RailwaySettings settings) {
        RailwayToken token = settings.token();
        this.http = http.newBuilder()
                .callTimeout(settings.connectTimeout())
                .pingInterval(PING)
                .build();
        this.upgrade = new Request.Builder()
                .url(settings.endpoint().toString())
                .header(token.header(), token.headerValue())
                .header("Sec-WebSocket-Protocol", PROTOCOL)
                .build();
    }

    /** Returns at once; the listener hears whether it came to a subscription. Closing the result ends it. */
    DeploymentWatch open(DeploymentId id, Consumer<News> listener) {
        WebSocket socket = http.newWebSocket(upgrade, new DeploymentSubscription(id, listener));
        return () -> {
            // An upgrade still under way cannot be closed, only cancelled.
            if (!socket.close(NORMAL_END, null)) {
                socket.cancel();
            }
        };
    }
}
