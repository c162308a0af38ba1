package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of a service.
 *
 * @param stopped the container was stopped, or exited with 0; the status stays {@code SUCCESS} then
 * @param statusUpdatedAt when the status changed last, which tells an old {@code SUCCESS} from a new one
 */
public record Deployment(
        DeploymentId id,
        DeploymentStatus status,
        @JsonProperty("deploymentStopped") boolean stopped,
        @Nullable Instant statusUpdatedAt,
        List<DeploymentInstance> instances) {

    public Deployment {
        instances = List.copyOf(instances);
    }

    /** Whether a container runs. Whether Postgres in it accepts connections, only a login can tell. */
    public boolean isRunning() {
        return status == DeploymentStatus.SUCCESS
                && !stopped
                && instances.stream().anyMatch(instance -> instance.status() == DeploymentInstanceStatus.RUNNING);
    }

    /** Whether this deployment holds no container any more, however it came to that: asked for, crashed or superseded. */
    public boolean hasEnded() {
        return switch (status) {
            case REMOVED, SKIPPED, FAILED, CRASHED, SLEEPING -> true;
            case SUCCESS ->
                instances.stream().allMatch(instance -> instance.status().hasEnded())
                        && (stopped || !instances.isEmpty());
            case QUEUED, WAITING, NEEDS_APPROVAL, INITIALIZING, BUILDING, DEPLOYING, REMOVING, UNKNOWN -> false;
        };
    }

    /** Whether it ended without having been asked to. */
    public boolean hasFailed() {
        return status == DeploymentStatus.CRASHED || status == DeploymentStatus.FAILED;
    }
}
