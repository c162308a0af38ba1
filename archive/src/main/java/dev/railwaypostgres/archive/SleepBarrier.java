package dev.railwaypostgres.archive;

import dev.railwaypostgres.postgres.Lsn;
import java.time.Duration;

/** What a database has to pass before it may sleep: all that it committed must be safe outside of it. */
@FunctionalInterface
public interface SleepBarrier {
    /**
     * Waits until the archive of that database is durable at least up to a position.
     *
     * @param databaseUid the UID of its resource
     */
    Passage await(String databaseUid, Lsn position, Duration atMost);

    /** How the wait ended. */
    sealed interface Passage {}

    /** Everything up to the position is safe, or nothing was promised. */
    record Passed() implements Passage {}

    /**
     * It did not become safe in time: the database must not sleep.
     *
     * @param reason a sentence for the user
     */
    record NotDurable(String reason) implements Passage {}
}
