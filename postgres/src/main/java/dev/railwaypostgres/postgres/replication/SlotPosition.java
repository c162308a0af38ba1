package dev.railwaypostgres.postgres.replication;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import java.util.Optional;

/**
 * From where on a physical slot keeps the log. Written to the server's disk at checkpoints only: after a crash, and even a
 * clean stop, it is older than what was acknowledged.
 *
 * @param restart empty when the slot keeps nothing: it has lost it, or never reserved it
 */
public record SlotPosition(Optional<Start> restart) {
    public record Start(Lsn position, Timeline timeline) {}
}
