package dev.railwaypostgres.railway.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All services and disks of an environment, in one answer: what a resync of all databases in it costs is one call.
 *
 * <p>Created things show up late (up to a minute and a half), deleted ones stay a while, marked as such.
 *
 * @param sourceEnvironmentId the environment it was forked from; Railway confines some calls to one environment only
 *     when that environment is such a fork
 * @param unmergedChangesCount changes that somebody staged in the dashboard and has not committed
 */
public record EnvironmentListing(
        EnvironmentId id,
        String name,
        @Nullable EnvironmentId sourceEnvironmentId,
        int unmergedChangesCount,
        List<ServiceInstance> services,
        List<VolumeInstance> volumes) {

    public EnvironmentListing {
        services = List.copyOf(services);
        volumes = List.copyOf(volumes);
    }

    public Optional<ServiceInstance> service(ServiceId id) {
        return services.stream()
                .filter(service -> service.serviceId().equals(id) && !service.isDeleted())
                .findFirst();
    }

    /** The service of that name, if it is there and not deleted: names are unique in a project. */
    public Optional<ServiceInstance> serviceNamed(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name) && !service.isDeleted())
                .findFirst();
    }

    public Optional<VolumeInstance> volume(VolumeId id) {
        return volumes.stream()
                .filter(volume -> volume.volumeId().equals(id) && !volume.isDeleted())
                .findFirst();
    }

    /** The disk attached to a service: there is at most one. */
    public Optional<VolumeInstance> volumeOf(ServiceId id) {
        return volumes.stream()
                .filter(volume -> id.equals(volume.serviceId()) && !volume.isDeleted())
                .findFirst();
    }

    public boolean isFork() {
        return sourceEnvironmentId != null;
    }
}
