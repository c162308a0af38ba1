package dev.railwaypostgres.operator.database;

import java.time.Duration;

/**
 * What the operator's own settings say about databases.
 *
 * @param image of computes, with {@code {major}} in it
 * @param pace between two looks at the activity of a database that is awake
 */
public record DatabaseSettings(String image, ProxyEntrance entrance, Duration pace) {}
