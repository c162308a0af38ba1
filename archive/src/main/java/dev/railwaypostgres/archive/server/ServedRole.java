package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import java.time.Instant;

/**
 * Who may take it, and until when: one role for each restore.
 *
 * @param deadline when all sessions end, and no other begins
 */
public record ServedRole(String name, ScramVerifier verifier, Instant deadline) {}
