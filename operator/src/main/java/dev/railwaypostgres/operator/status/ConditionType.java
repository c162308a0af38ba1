package dev.railwaypostgres.operator.status;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** What a condition speaks of. */
public enum ConditionType {
    /** Clients are served: at once, or after a wake. Asleep is ready. */
    READY("Ready"),
    /** The compute runs and accepts logins. */
    AWAKE("Awake"),
    /** Committed WAL reaches the bucket in time. */
    ARCHIVING("Archiving"),
    /** A base backup exists that is young enough. */
    BACKED_UP("BackedUp"),
    /** A restore from the archive was tried and worked. */
    RESTORE_PROVEN("RestoreProven"),
    /**
     * Nothing happens until a person acts; kstatus then reports a failure instead of progress. Only there while it is
     * true.
     */
    STALLED("Stalled");

    private final String text;

    ConditionType(String text) {
        this.text = text;
    }

    /** The condition of this type, if the status has one. */
    public Optional<Condition> in(ServerlessDatabaseStatus status) {
        return status.conditions().stream()
                .filter(condition -> text.equals(condition.getType()))
                .findFirst();
    }

    /** Whether the status has it for this reason. */
    public boolean isIn(ServerlessDatabaseStatus status, Reason reason) {
        return in(status)
                .filter(condition -> reason.toString().equals(condition.getReason()))
                .isPresent();
    }

    /** Whether the condition goes away when nobody claims it any more. */
    boolean isPassing() {
        return this == STALLED;
    }

    /** As it stands in {@code status.conditions[].type}. */
    @Override
    public String toString() {
        return text;
    }
}
