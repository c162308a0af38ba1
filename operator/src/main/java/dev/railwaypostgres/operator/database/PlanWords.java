package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.operator.database.DatabasePlan.Happening;
import dev.railwaypostgres.operator.status.Claim;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.sleep.SleepDecision;
import dev.railwaypostgres.sleep.SleepReason;
import dev.railwaypostgres.sleep.SleepState;
import dev.railwaypostgres.sleep.SleepTrouble;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What phases, their changes and troubles are called in conditions and events. */
record PlanWords(DatabaseObservation seen) {
    /** The condition that the trouble is about. */
    static ConditionType subject(SleepTrouble trouble) {
        return switch (trouble) {
            case SleepTrouble.ArchiveBehind _ -> ConditionType.ARCHIVING;
            case SleepTrouble.Unreachable _, SleepTrouble.LoginRefused _ -> ConditionType.READY;
            case SleepTrouble.StopIgnored _, SleepTrouble.ComesBack _ -> ConditionType.READY;
            case SleepTrouble.WakeFailed _, SleepTrouble.WakeOverdue _ -> ConditionType.READY;
        };
    }

    static Reason reason(SleepTrouble trouble) {
        return switch (trouble) {
            case SleepTrouble.Unreachable _ -> Reason.COMPUTE_UNREACHABLE;
            case SleepTrouble.LoginRefused _ -> Reason.LOGIN_REFUSED;
            case SleepTrouble.StopIgnored _, SleepTrouble.ComesBack _ -> Reason.STOP_FAILED;
            case SleepTrouble.ArchiveBehind _ -> Reason.ARCHIVE_BEHIND;
            case SleepTrouble.WakeFailed _ -> Reason.DEPLOYMENT_FAILED;
            case SleepTrouble.WakeOverdue _ -> Reason.WAKE_TIMED_OUT;
        };
    }

    String sentence(SleepTrouble trouble) {
        return switch (trouble) {
            case SleepTrouble.Unreachable(String message) -> "Postgres does not answer: " + message;
            case SleepTrouble.LoginRefused _ ->
                "Postgres refuses the operator's password. Restore the Secret "
                        + seen.database().name() + "-admin, or the password of the role postgres.";
            case SleepTrouble.StopIgnored _ ->
                "The compute does not stop, whatever Railway is asked. Look at the service "
                        + seen.database().serviceName() + " on Railway.";
            case SleepTrouble.ComesBack _ ->
                "The compute is started again each time that it has ended. Look at the restart policy of the service "
                        + seen.database().serviceName() + " on Railway.";
            case SleepTrouble.ArchiveBehind(String why) -> "Stays awake, since the archive is behind: " + why + ".";
            case SleepTrouble.WakeFailed _ ->
                "The last start of the compute failed; it is tried again. The log of the service "
                        + seen.database().serviceName() + " on Railway says why.";
            case SleepTrouble.WakeOverdue _ ->
                "The compute was started and still accepts no login. The log of the service "
                        + seen.database().serviceName() + " on Railway may say why.";
        };
    }

    Claim ready(Phase phase) {
        ConditionType ready = ConditionType.READY;
        return switch (phase) {
            case ACTIVE -> Claim.holds(ready, Reason.ACTIVE, "The database serves clients.");
            case SUSPENDING ->
                Claim.holds(ready, Reason.SUSPENDING, "The database is going to sleep; new work is held and served.");
            case SUSPENDED ->
                seen.spec().suspend().suspended()
                        ? Claim.holds(ready, Reason.SUSPENDED_BY_SPEC, "Asleep because spec.suspend.suspended says so.")
                        : Claim.holds(ready, Reason.ASLEEP, "Asleep; the next statement wakes it.");
            case WAKING ->
                Claim.holds(ready, Reason.WAKING, "The compute was started; waiting clients are served next.");
            case PROVISIONING, RESTORING -> Claim.fails(ready, Reason.PROVISIONING, "Being made.");
            case FAILED -> Claim.fails(ready, Reason.INTERNAL_ERROR, "Failed.");
            case DELETING -> Claim.fails(ready, Reason.DELETING, "Being deleted.");
        };
    }

    static Claim awake(Phase phase) {
        ConditionType awake = ConditionType.AWAKE;
        return switch (phase) {
            case ACTIVE -> Claim.holds(awake, Reason.ACTIVE, "The compute runs.");
            case SUSPENDING -> Claim.holds(awake, Reason.SUSPENDING, "The compute runs, and is about to stop.");
            case SUSPENDED -> Claim.fails(awake, Reason.ASLEEP, "The compute is stopped.");
            case WAKING -> Claim.fails(awake, Reason.WAKING, "The compute accepts no logins yet.");
            case PROVISIONING, RESTORING -> Claim.fails(awake, Reason.PROVISIONING, "Being made.");
            case FAILED -> Claim.unknown(awake, Reason.INTERNAL_ERROR, "Failed.");
            case DELETING -> Claim.fails(awake, Reason.DELETING, "Being deleted.");
        };
    }

    Happening transition(@Nullable Phase before, SleepDecision decision) {
        SleepState state = decision.state();
        return switch (state.phase()) {
            case SUSPENDING -> new Happening(why(state), "Going to sleep: " + cause(state) + ".", false);
            case SUSPENDED ->
                new Happening(
                        Reason.ASLEEP,
                        state.reason() == SleepReason.STOPPED
                                ? "Found stopped on Railway, which nobody here asked for; the next statement wakes it."
                                : "Asleep.",
                        state.reason() == SleepReason.STOPPED);
            case WAKING -> new Happening(Reason.WAKING, "Waking for " + by(state) + ".", false);
            case ACTIVE ->
                before == Phase.SUSPENDING
                        ? new Happening(Reason.SUSPEND_CALLED_OFF, whyCalledOff(decision), false)
                        : new Happening(Reason.WOKE, "Awake" + after(state) + ".", false);
            case PROVISIONING, RESTORING, FAILED, DELETING -> new Happening(Reason.PROVISIONING, "Being made.", false);
        };
    }

    private String whyCalledOff(SleepDecision decision) {
        return decision.trouble().map(this::sentence).orElse("Stays awake: work or a wish came in time.");
    }

    private static Reason why(SleepState state) {
        return state.reason() == SleepReason.RESTART ? Reason.RESTARTING : Reason.SUSPENDING;
    }

    private String cause(SleepState state) {
        return switch (Objects.requireNonNullElse(state.reason(), SleepReason.IDLE)) {
            case IDLE -> "no work for " + seen.spec().suspend().afterIdle();
            case REQUESTED -> "spec.suspend.suspended says so";
            case RESTART -> "new settings need a start, which follows at once";
            case STOPPED -> "it was stopped on Railway";
        };
    }

    private static String by(SleepState state) {
        return state.wake() == null ? "the operator" : state.wake().by();
    }

    private static String after(SleepState state) {
        return state.wake() == null || state.wake().took() == null
                ? ""
                : " after " + StatusMemory.seconds(state.wake().took());
    }
}
