package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.archive.backup.Backup;
import dev.railwaypostgres.archive.backup.ServerFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a server gives away.
 *
 * @param backup what {@code BASE_BACKUP} is answered with; null when only the log is served
 */
public record ServedDatabase(ServerFacts facts, @Nullable Backup backup, LogSource log) {}
