package dev.railwaypostgres.sleep.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who was connected at one moment, apart from our own sessions.
 *
 * @param at the server's {@code now()}, which is what the times of the backends are to be compared with
 * @param startedAt when this Postgres was started, by the same clock
 * @param sessions how many sessions were ever established, ours too: {@code sum(sessions)} of {@code pg_stat_database}.
 *     It tells of those that came and went between two looks
 */
public record ActivitySnapshot(Instant at, Instant startedAt, List<ClientBackend> backends, long sessions) {
    public ActivitySnapshot {
        backends = List.copyOf(backends);
    }

    public Duration upFor() {
        return Duration.between(startedAt, at);
    }
}
