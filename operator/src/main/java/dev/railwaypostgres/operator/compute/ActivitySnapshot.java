package dev.railwaypostgres.operator.compute;

import java.time.Instant;
import java.util.List;

/**
 * Who was connected at one moment, apart from our own sessions.
 *
 * @param at the server's {@code now()}, which is what the times of the backends are to be compared with
 */
public record ActivitySnapshot(Instant at, List<ClientBackend> backends) {
    public ActivitySnapshot {
        backends = List.copyOf(backends);
    }
}
