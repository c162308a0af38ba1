package dev.railwaypostgres.sleep;

import dev.railwaypostgres.sleep.compute.ActivitySnapshot;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import java.time.Instant;

/** What Postgres itself said when the operator last tried to talk to it. */
public sealed interface LoginSight {
    /** Not tried since the compute is what it is. */
    record NotTried() implements LoginSight {}

    /**
     * A session is open.
     *
     * @param fenced this operator has begun the smart shutdown through that very session
     * @param lastActivity last work seen since the operator began to watch, by the operator's clock
     */
    record LoggedIn(ComputeIdentity identity, ActivitySnapshot activity, boolean fenced, Instant lastActivity)
            implements LoginSight {}

    /** Postgres answers, and lets nobody in yet: it starts, or recovers. */
    record StartingUp() implements LoginSight {}

    /**
     * Postgres answers, and lets nobody in as it is on its way down.
     *
     * @param since when it last let the operator in, or the attempts began
     */
    record ShuttingDown(Instant since) implements LoginSight {}

    /**
     * Nobody answers, or not yet.
     *
     * @param since when it last let the operator in, or the attempts began
     */
    record Unreachable(String message, Instant since) implements LoginSight {}

    /** Postgres answers, and refuses the operator's own password. */
    record Refused(String message) implements LoginSight {}
}
