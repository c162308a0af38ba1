package dev.railwaypostgres.sleep;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has to be remembered about sleep and wake from one look to the next, which is what the status keeps.
 *
 * <pre>
 *                  idle, asked for, or to restart
 *      ACTIVE ----------------------------------------> SUSPENDING
 *        ^  ^                                            |      |
 *        |  '---- wake, hold or work before the fence ---'      | compute has ended
 *        |                                                      v
 *      WAKING <------- wake asked for, restart, -------- SUSPENDED
 *                      or started by somebody else
 * </pre>
 *
 * @param since since when it is in that phase
 * @param asleepSince when the suspend that led to the present sleep began; a wake request from before it is of the past.
 *     In SUSPENDING only if the suspend had to begin anew, as Postgres was started again under it
 * @param reason why it was suspended
 * @param lsn the log position before the last fence, or before one that the archive did not allow: there in SUSPENDING
 *     once all is checkpointed
 * @param wake the wake that is going on, or the last one
 */
public record SleepState(
        Phase phase,
        Instant since,
        @Nullable Instant asleepSince,
        @Nullable SleepReason reason,
        @Nullable String lsn,
        @Nullable Wake wake) {

    /**
     * One wake.
     *
     * @param by who asked for it
     * @param took from the request until the first login; absent while it goes on
     */
    public record Wake(Instant at, String by, @Nullable Duration took) {}

    /** A database that has just been found to be up. */
    public static SleepState active(Instant now) {
        return new SleepState(Phase.ACTIVE, now, null, null, null, null);
    }

    /** On its way to its first login, or to the first after its service was made anew. */
    public SleepState booting() {
        return new SleepState(Phase.WAKING, since, asleepSince, reason, lsn, wake);
    }

    public SleepState suspending(SleepReason why, Instant now) {
        return new SleepState(Phase.SUSPENDING, now, null, why, null, wake);
    }

    /** Postgres was started again after its fence: all that was done before that is to be done again. */
    SleepState suspendingAnew(Instant now) {
        return new SleepState(Phase.SUSPENDING, now, begun(), reason, null, wake);
    }

    /** When the suspend began that goes on, or has led to the present sleep. */
    public Instant begun() {
        return asleepSince == null ? since : asleepSince;
    }

    /** Everything is on disk up to there: it may be fenced. */
    public SleepState checkpointed(String position) {
        return new SleepState(phase, since, asleepSince, reason, position, wake);
    }

    /** Back to work: the suspend is called off before its fence. */
    public SleepState calledOff(Instant now) {
        return new SleepState(Phase.ACTIVE, now, null, null, null, wake);
    }

    /** Back to work, since the archive does not hold everything up to the position, which it is asked for from now on. */
    SleepState heldBack(Instant now) {
        return new SleepState(Phase.ACTIVE, now, null, null, lsn, wake);
    }

    /** The compute has ended. What was asked for since the suspend began is still to be answered. */
    public SleepState suspended(Instant now) {
        return new SleepState(Phase.SUSPENDED, now, begun(), reason, lsn, wake);
    }

    /**
     * The compute has ended without our doing.
     *
     * @param lastSeen when it was up for all we know: what was asked for since is still to be answered
     */
    public SleepState foundStopped(Instant lastSeen, Instant now) {
        return new SleepState(Phase.SUSPENDED, now, lastSeen, SleepReason.STOPPED, null, wake);
    }

    public SleepState waking(String by, Instant asked, Instant now) {
        return new SleepState(Phase.WAKING, now, asleepSince, reason, lsn, new Wake(asked, by, null));
    }

    public SleepState awake(Instant now) {
        Wake done = wake == null ? null : new Wake(wake.at(), wake.by(), Duration.between(wake.at(), now));
        return new SleepState(Phase.ACTIVE, now, null, null, lsn, done);
    }
}
