package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The stored log of one database, on all its timelines. Any thread may ask. */
public interface LogSource {
    /** The newest timeline. */
    Timeline timeline();

    /** Up to where the newest timeline's log is stored. */
    Lsn end();

    /** The history file of a timeline; empty for the first. */
    Optional<Bytes> history(Timeline timeline) throws IOException;

    /**
     * Reads what is stored from a position on.
     *
     * @return how many bytes: {@code most}, or fewer where the stored log ends or has a gap
     */
    int read(Timeline timeline, Lsn from, byte[] into, int most) throws IOException;

    /** Waits until a timeline's log is longer, there is a newer timeline, or the time is over. */
    void awaitMore(Timeline timeline, Lsn than, Duration limit) throws IOException, InterruptedException;
}
