package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/**
 * How far Railway got with a deployment.
 *
 * <p>There is no value for "stopped": a deployment that was stopped, or whose container exited with 0, stays
 * {@link #SUCCESS} and says so in {@link Deployment#stopped()}.
 */
public enum DeploymentStatus {
    QUEUED,
    WAITING,
    NEEDS_APPROVAL,
    INITIALIZING,
    BUILDING,
    DEPLOYING,
    /** The container was started. Says nothing about whether it still runs, or accepts connections. */
    SUCCESS,
    /** Put to sleep by Railway's own Serverless feature. */
    SLEEPING,
    CRASHED,
    FAILED,
    REMOVING,
    REMOVED,
    SKIPPED,
    @JsonEnumDefaultValue
    UNKNOWN
}
