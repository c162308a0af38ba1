package dev.railwaypostgres.postgres;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as Postgres writes them: microseconds since the beginning of the year 2000, UTC. */
public final class PostgresTime {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private PostgresTime() {}

    public static Instant toInstant(long microseconds) {
        return EPOCH.plus(microseconds, ChronoUnit.MICROS);
    }

    /** Finer parts than a microsecond are cut off. */
    public static long ofInstant(Instant time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }
}
