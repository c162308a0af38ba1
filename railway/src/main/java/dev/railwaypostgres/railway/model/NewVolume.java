package dev.railwaypostgres.railway.model;

import org.jspecify.annotations.Nullable;

/**
 * A volume to be made. Its size cannot be given here; a patch makes it larger.
 *
 * @param region absent: the region of the service
 */
public record NewVolume(
        ProjectId projectId,
        EnvironmentId environmentId,
        ServiceId serviceId,
        String mountPath,
        @Nullable String region) {

    public NewVolume(ProjectId projectId, EnvironmentId environmentId, ServiceId serviceId, String mountPath) {
        this(projectId, environmentId, serviceId, mountPath, null);
    }
}
