package dev.railwaypostgres.sleep;

import dev.railwaypostgres.postgres.Lsn;

/** What a database has to pass before it may sleep: all that it committed must be safe outside of it. */
@FunctionalInterface
public interface SleepBarrier {
    /**
     * Whether the archive of that database is durable at least up to a position, as far as is known at this moment. It is
     * asked again and again while that matters, so it answers at once and waits for nothing.
     *
     * @param databaseUid the UID of its resource
     */
    Passage passage(String databaseUid, Lsn position);

    /** How far it is. */
    sealed interface Passage {}

    /** Everything up to the position is safe, or nothing was promised. */
    record Passed() implements Passage {}

    /** It is on its way. */
    record Pending() implements Passage {}

    /**
     * It does not get there as things are: the database must not sleep.
     *
     * @param reason for the user, as the end of a sentence: what is wrong
     */
    record NotDurable(String reason) implements Passage {}
}
