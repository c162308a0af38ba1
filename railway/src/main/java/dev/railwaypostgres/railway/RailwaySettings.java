package dev.railwaypostgres.railway;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach Railway.
 *
 * @param endpoint where its GraphQL API answers
 * @param connectTimeout for connections, and for the upgrade to a WebSocket
 * @param callTimeout for one whole call; Railway's own tools allow 90 s, and some calls take them
 * @param pollInterval how often a watched deployment is asked for when Railway does not push
 * @param readRetry the pauses between the three tries that a read gets
 */
public record RailwaySettings(
        URI endpoint,
        RailwayToken token,
        Plan plan,
        Duration connectTimeout,
        Duration callTimeout,
        Duration pollInterval,
        Backoff readRetry) {

    public static final URI RAILWAY = URI.create("https://backboard.railway.com/graphql/v2");

    /** With times that suit Railway itself. */
    public static RailwaySettings of(URI endpoint, RailwayToken token, Plan plan) {
        return new RailwaySettings(
                endpoint,
                token,
                plan,
                Duration.ofSeconds(10),
                Duration.ofSeconds(90),
                Duration.ofSeconds(3),
                new Backoff(Duration.ofMillis(500), 2, Duration.ofSeconds(10), 0.5));
    }
}
