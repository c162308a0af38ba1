package dev.railwaypostgres.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant MORNING = Instant.parse("2026-11-24T06:00:00.123Z");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Claim AWAKE = Claim.holds(ConditionType.AWAKE, Reason.ACTIVE, "It runs.");
    private static final Claim ASLEEP = Claim.fails(ConditionType.AWAKE, Reason.ASLEEP, "It sleeps.");

    @Test
    void startsACondition() {
        var condition = Conditions.merge(List.of(), List.of(AWAKE), 3, MORNING).getFirst();

        assertThat(condition.getType()).isEqualTo("Awake");
        assertThat(condition.getStatus()).isEqualTo("True");
        assertThat(condition.getReason()).isEqualTo("Active");
        assertThat(condition.getMessage()).isEqualTo("It runs.");
        assertThat(condition.getObservedGeneration()).isEqualTo(3);
        assertThat(condition.getLastTransitionTime()).isEqualTo("2026-11-24T06:00:00Z");
    }

    @Test
    void keepsTheTransitionTimeWhileTheStatusIsTheSame() {
        var before = Conditions.merge(List.of(), List.of(AWAKE), 3, MORNING);
        var again = Claim.holds(ConditionType.AWAKE, Reason.WOKE, "It woke.");

        var condition = Conditions.merge(before, List.of(again), 4, NOON).getFirst();

        assertThat(condition.getReason()).isEqualTo("Woke");
        assertThat(condition.getObservedGeneration()).isEqualTo(4);
        assertThat(condition.getLastTransitionTime()).isEqualTo("2026-11-24T06:00:00Z");
    }

    @Test
    void movesTheTransitionTimeWhenTheStatusChanges() {
        var before = Conditions.merge(List.of(), List.of(AWAKE), 3, MORNING);

        var condition = Conditions.merge(before, List.of(ASLEEP), 3, NOON).getFirst();

        assertThat(condition.getStatus()).isEqualTo("False");
        assertThat(condition.getLastTransitionTime()).isEqualTo("2026-11-24T12:00:00Z");
    }

    @Test
    void keepsOneConditionOfEachTypeAndWhatNobodyClaims() {
        var ready = Claim.holds(ConditionType.READY, Reason.ACTIVE, "It serves.");
        var before = Conditions.merge(List.of(), List.of(ready, AWAKE), 1, MORNING);

        assertThat(Conditions.merge(before, List.of(ASLEEP), 1, NOON))
                .extracting(Condition::getType)
                .containsExactly("Ready", "Awake");
    }

    @Test
    void forgetsThatSomethingWasStalledWhenNobodyClaimsItAnyMore() {
        var stalled = Claim.holds(ConditionType.STALLED, Reason.INVALID_SPEC, "spec.region is wrong.");
        var before = Conditions.merge(List.of(), List.of(AWAKE, stalled), 1, MORNING);

        assertThat(Conditions.merge(before, List.of(AWAKE), 2, NOON))
                .extracting(Condition::getType)
                .containsExactly("Awake");
    }

    @Test
    void changesNothingWhenTheSameIsSaidAgain() {
        var before = Conditions.merge(List.of(), List.of(AWAKE), 3, MORNING);

        assertThat(Conditions.merge(before, List.of(AWAKE), 3, NOON)).isEqualTo(before);
    }

    @Test
    void namesReasonsInCamelCase() {
        assertThat(Reason.values()).extracting(Reason::toString).allMatch(text -> text.matches("([A-Z][a-z]+)+"));
        assertThat(Reason.values()).extracting(Reason::toString).doesNotHaveDuplicates();
        assertThat(Reason.values()).extracting(Reason::meaning).allMatch(sentence -> sentence.endsWith("."));
    }
}
