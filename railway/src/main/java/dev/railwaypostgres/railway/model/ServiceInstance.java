package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service in one environment.
 *
 * @param restartPolicy of its next deployment; the running one may have been made under another
 * @param latestDeployment absent before the first deployment, and after the latest one was removed
 * @param activeDeployments what holds a container, or is about to; all of them are to be stopped to stop the service
 * @param deletedAt set when the service is gone though Railway still answers for it
 */
public record ServiceInstance(
        ServiceId serviceId,
        @JsonProperty("serviceName") String name,
        @JsonProperty("restartPolicyType") RestartPolicy restartPolicy,
        @Nullable Deployment latestDeployment,
        List<Deployment> activeDeployments,
        @Nullable Instant deletedAt) {

    public ServiceInstance {
        activeDeployments = List.copyOf(activeDeployments);
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }
}
