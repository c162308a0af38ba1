package dev.railwaypostgres.playground.run;

import java.time.Duration;

/**
 * How fast a playground lives.
 *
 * @param bootDelay what the platform takes to start a container
 * @param activityInterval how often an awake database is asked what its sessions do
 * @param resyncInterval how often Railway is listed
 * @param durable false where a crash of the whole machine may lose what was stored
 */
public record Tempo(Duration bootDelay, Duration activityInterval, Duration resyncInterval, boolean durable) {
    /** Like the real platform, as far as a person has the patience. */
    public static final Tempo LIFELIKE =
            new Tempo(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(60), true);

    /** For tests. */
    public static final Tempo FAST =
            new Tempo(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(10), false);
}
