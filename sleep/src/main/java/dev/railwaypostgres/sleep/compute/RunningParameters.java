package dev.railwaypostgres.sleep.compute;

import java.util.Optional;

/**
 * The user's parameters in a compute, as texts of a {@code postgresql.conf}, without the last line's end.
 *
 * @param text those in force; of those that take a start, those that will be after it
 * @param needsStart whether some of them take a start
 * @param refused those that were offered last, if something was wrong with them
 */
public record RunningParameters(String text, boolean needsStart, Optional<Refused> refused) {
    /**
     * Parameters that a compute did not take over.
     *
     * @param said Postgres' own words to them; empty if it could read them, and did not start
     */
    public record Refused(String text, String said) {}
}
