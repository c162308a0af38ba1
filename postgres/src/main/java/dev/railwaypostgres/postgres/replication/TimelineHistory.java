package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.Bytes;

/**
 * From where a timeline comes.
 *
 * @param fileName {@code 00000002.history}
 * @param content the file as Postgres wrote it
 */
public record TimelineHistory(String fileName, Bytes content) {}
