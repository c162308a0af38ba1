package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.database.DatabasePlan.Happening;
import dev.railwaypostgres.operator.status.Claim;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.sleep.SleepDecision;
import dev.railwaypostgres.sleep.SleepReason;
import dev.railwaypostgres.sleep.SleepState;
import dev.railwaypostgres.sleep.SleepStep;
import dev.railwaypostgres.sleep.SleepTrouble;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a plan into words: which conditions a decision means, which event it is worth. Used once. */
final class PlanDraft {
    private final DatabaseObservation seen;
    private ServerlessDatabaseStatus status;
    private final List<Claim> claims = new ArrayList<>();
    private final List<DatabaseStep> steps = new ArrayList<>();
    private @Nullable Happening happening;

    PlanDraft(DatabaseObservation seen, ServerlessDatabaseStatus status) {
        this.seen = seen;
        this.status = status;
    }

    PlanDraft says(ServerlessDatabaseStatus better) {
        status = better;
        return this;
    }

    PlanDraft does(List<? extends DatabaseStep> more) {
        steps.addAll(more);
        return this;
    }

    PlanDraft happens(Reason reason, String sentence) {
        happening = new Happening(reason, sentence, false);
        return this;
    }

    PlanDraft warns(Reason reason, String sentence) {
        happening = new Happening(reason, sentence, true);
        return this;
    }

    PlanDraft provisioning(String message) {
        claims.add(Claim.fails(ConditionType.READY, Reason.PROVISIONING, message));
        claims.add(Claim.fails(ConditionType.AWAKE, Reason.PROVISIONING, message));
        return this;
    }

    /** Something that does not pass by itself. */
    PlanDraft fails(Reason reason, String sentence) {
        claims.add(Claim.fails(ConditionType.READY, reason, sentence));
        claims.add(Claim.holds(ConditionType.STALLED, reason, sentence));
        warnOnce(reason, sentence);
        return this;
    }

    PlanDraft is(Phase phase) {
        claims.add(ready(phase));
        claims.add(awake(phase));
        return this;
    }

    PlanDraft troubled(Optional<SleepTrouble> trouble, String otherwise) {
        trouble.ifPresentOrElse(this::trouble, () -> provisioning(otherwise));
        return this;
    }

    PlanDraft decides(SleepDecision decision) {
        claims.add(awake(decision.state().phase()));
        decision.trouble()
                .ifPresentOrElse(
                        this::trouble, () -> claims.add(ready(decision.state().phase())));
        Phase before = seen.status().phase();
        if (before != decision.state().phase()) {
            happening = transition(before, decision.state());
        }
        return this;
    }

    DatabasePlan plan(Duration lookAfter) {
        return new DatabasePlan(
                status,
                claims,
                steps,
                Optional.ofNullable(happening),
                looksTwice(),
                steps.isEmpty() && isNews() ? Duration.ZERO : lookAfter);
    }

    static Optional<String> reasonOfReady(ServerlessDatabaseStatus status) {
        return ready(status).map(Condition::getReason);
    }

    static Optional<String> messageOfReady(ServerlessDatabaseStatus status) {
        return ready(status).map(Condition::getMessage);
    }

    private static Optional<Condition> ready(ServerlessDatabaseStatus status) {
        return status.conditions().stream()
                .filter(condition -> ConditionType.READY.toString().equals(condition.getType()))
                .findFirst();
    }

    private boolean isNews() {
        return seen.status().phase() != status.phase();
    }

    /** What would be wrong, or cost money, if Railway had changed since its last listing. */
    private boolean looksTwice() {
        boolean weighty = isNews()
                && switch (Objects.requireNonNull(status.phase())) {
                    case SUSPENDED, WAKING, FAILED, PROVISIONING -> true;
                    case ACTIVE, SUSPENDING, RESTORING, DELETING -> false;
                };
        return weighty || status.phase() == Phase.PROVISIONING || steps.stream().anyMatch(PlanDraft::touchesRailway);
    }

    private static boolean touchesRailway(DatabaseStep step) {
        return switch (step) {
            case CreateStep.EnsureCredentials _, CreateStep.StoreRoles _, CreateStep.PublishConnection _ -> false;
            case SleepOrWake(SleepStep sleep) -> touchesRailway(sleep);
            case CreateStep _, DeleteStep _ -> true;
        };
    }

    private static boolean touchesRailway(SleepStep step) {
        return switch (step) {
            case SleepStep.Checkpoint _, SleepStep.Fence _, SleepStep.EndIdleSessions _, SleepStep.LeaveCompute _ ->
                false;
            case SleepStep.ForceStop _, SleepStep.ChangeSettings _, SleepStep.Deploy _ -> true;
        };
    }

    private void trouble(SleepTrouble trouble) {
        Reason reason = reason(trouble);
        String sentence = sentence(trouble);
        claims.add(Claim.fails(ConditionType.READY, reason, sentence));
        warnOnce(reason, sentence);
    }

    private void warnOnce(Reason reason, String sentence) {
        if (reasonOfReady(seen.status()).filter(reason.toString()::equals).isEmpty()) {
            warns(reason, sentence);
        }
    }

    private static Reason reason(SleepTrouble trouble) {
        return switch (trouble) {
            case SleepTrouble.Unreachable _ -> Reason.COMPUTE_UNREACHABLE;
            case SleepTrouble.LoginRefused _ -> Reason.LOGIN_REFUSED;
            case SleepTrouble.StopIgnored _, SleepTrouble.ComesBack _ -> Reason.STOP_FAILED;
            case SleepTrouble.WakeFailed _ -> Reason.DEPLOYMENT_FAILED;
            case SleepTrouble.WakeOverdue _ -> Reason.WAKE_TIMED_OUT;
        };
    }

    private String sentence(SleepTrouble trouble) {
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
            case SleepTrouble.WakeFailed _ ->
                "The last start of the compute failed; it is tried again. The log of the service "
                        + seen.database().serviceName() + " on Railway says why.";
            case SleepTrouble.WakeOverdue _ ->
                "The compute was started and still accepts no login. The log of the service "
                        + seen.database().serviceName() + " on Railway may say why.";
        };
    }

    private Claim ready(Phase phase) {
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

    private static Claim awake(Phase phase) {
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

    private Happening transition(@Nullable Phase before, SleepState state) {
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
                        ? new Happening(Reason.SUSPEND_CALLED_OFF, "Stays awake: work or a wish came in time.", false)
                        : new Happening(Reason.WOKE, "Awake" + after(state) + ".", false);
            case PROVISIONING, RESTORING, FAILED, DELETING -> new Happening(Reason.PROVISIONING, "Being made.", false);
        };
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
