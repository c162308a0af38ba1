package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The state of one container of a deployment. */
public enum DeploymentInstanceStatus {
    CREATED,
    INITIALIZING,
    RUNNING,
    RESTARTING,
    EXITED,
    CRASHED,
    STOPPED,
    REMOVING,
    REMOVED,
    SKIPPED,
    @JsonEnumDefaultValue
    UNKNOWN;

    /** Whether such a container has ended for good and holds the volume no more. */
    public boolean hasEnded() {
        return switch (this) {
            case EXITED, CRASHED, STOPPED, REMOVED, SKIPPED -> true;
            case CREATED, INITIALIZING, RUNNING, RESTARTING, REMOVING, UNKNOWN -> false;
        };
    }
}
