package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.database.DatabasePlan.Happening;
import dev.railwaypostgres.operator.status.Claim;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.sleep.SleepBarrier;
import dev.railwaypostgres.sleep.SleepDecision;
import dev.railwaypostgres.sleep.SleepStep;
import dev.railwaypostgres.sleep.SleepTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan in the making: which conditions a decision means, which event it is worth. Used once. */
final class PlanDraft {
    private final DatabaseObservation seen;
    private final PlanWords words;
    private ServerlessDatabaseStatus status;
    private final Map<ConditionType, Claim> claims = new EnumMap<>(ConditionType.class);
    private final List<DatabaseStep> steps = new ArrayList<>();
    private @Nullable Happening happening;

    PlanDraft(DatabaseObservation seen, ServerlessDatabaseStatus status) {
        this.seen = seen;
        this.words = new PlanWords(seen);
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
        claim(Claim.fails(ConditionType.READY, Reason.PROVISIONING, message));
        claim(Claim.fails(ConditionType.AWAKE, Reason.PROVISIONING, message));
        return this;
    }

    /** Something that does not pass by itself. */
    PlanDraft fails(Reason reason, String sentence) {
        claim(Claim.fails(ConditionType.READY, reason, sentence));
        claim(Claim.holds(ConditionType.STALLED, reason, sentence));
        warnOnce(ConditionType.READY, reason, sentence);
        return this;
    }

    /** Something that a person has to change, of a database that serves its clients all the same. */
    PlanDraft stalls(Reason reason, String sentence) {
        claim(Claim.holds(ConditionType.STALLED, reason, sentence));
        warnOnce(ConditionType.STALLED, reason, sentence);
        return this;
    }

    PlanDraft is(Phase phase) {
        claim(words.ready(phase));
        claim(PlanWords.awake(phase));
        return this;
    }

    PlanDraft troubled(Optional<SleepTrouble> trouble, String otherwise) {
        trouble.ifPresentOrElse(this::trouble, () -> provisioning(otherwise));
        return this;
    }

    PlanDraft decides(SleepDecision decision) {
        Phase before = seen.status().phase();
        Phase next = decision.state().phase();
        if (before != next) {
            happening = words.transition(before, decision);
        }
        is(next);
        decision.trouble().ifPresent(this::trouble);
        if (seen.passage() instanceof SleepBarrier.Passed
                && ConditionType.ARCHIVING.isIn(seen.status(), Reason.ARCHIVE_BEHIND)) {
            claim(Claim.holds(ConditionType.ARCHIVING, Reason.ARCHIVED, "The archive has caught up."));
        }
        return this;
    }

    DatabasePlan plan(Duration lookAfter) {
        return new DatabasePlan(
                status,
                List.copyOf(claims.values()),
                steps,
                Optional.ofNullable(happening),
                looksTwice(),
                steps.isEmpty() && isNews() ? Duration.ZERO : lookAfter);
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
            case CreateStep.EnsureCredentials _,
                    CreateStep.StoreRoles _,
                    CreateStep.PublishConnection _,
                    CreateStep.OfferParameters _ -> false;
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

    /** Of each condition one thing is said: the last. */
    private void claim(Claim claim) {
        claims.put(claim.type(), claim);
    }

    private void trouble(SleepTrouble trouble) {
        ConditionType subject = PlanWords.subject(trouble);
        Reason reason = PlanWords.reason(trouble);
        String sentence = words.sentence(trouble);
        claim(Claim.fails(subject, reason, sentence));
        warnOnce(subject, reason, sentence);
    }

    private void warnOnce(ConditionType subject, Reason reason, String sentence) {
        if (!subject.isIn(seen.status(), reason)) {
            warns(reason, sentence);
        }
    }
}
