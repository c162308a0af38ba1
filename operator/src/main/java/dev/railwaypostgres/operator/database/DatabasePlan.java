package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.status.Claim;
import dev.railwaypostgres.operator.status.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to say and to do about a database now.
 *
 * @param status written before the first step: the intent
 * @param claims what is said of conditions
 * @param steps in order
 * @param happening what is worth an event
 * @param looksTwice whether this may only be said and done after a fresh look at Railway
 * @param lookAfter when to look again at the latest
 */
public record DatabasePlan(
        ServerlessDatabaseStatus status,
        List<Claim> claims,
        List<DatabaseStep> steps,
        Optional<Happening> happening,
        boolean looksTwice,
        Duration lookAfter) {
    public DatabasePlan {
        claims = List.copyOf(claims);
        steps = List.copyOf(steps);
    }

    /** Something that a person reads in the events. */
    public record Happening(Reason reason, String sentence, boolean warning) {}
}
