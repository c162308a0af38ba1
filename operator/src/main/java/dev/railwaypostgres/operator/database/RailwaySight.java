package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.VolumeId;
import dev.railwaypostgres.railway.model.VolumeInstance;
import dev.railwaypostgres.sleep.ComputeSight;
import java.util.Map;
import java.util.Optional;

/**
 * What there is of a database on Railway.
 *
 * @param service found by its name
 * @param volume the disk attached to the service, or the one that the status names
 * @param compute what its deployments come to
 * @param variables empty if they were not looked at
 */
public record RailwaySight(
        ProjectId project,
        EnvironmentId environment,
        Optional<ServiceId> service,
        Optional<VolumeInstance> volume,
        ComputeSight compute,
        AddressSight address,
        Optional<Map<String, String>> variables) {

    /** Whether the volume hangs on the service. */
    boolean isVolumeAttached() {
        return service.isPresent()
                && volume.filter(disk -> service.get().equals(disk.serviceId())).isPresent();
    }

    Optional<VolumeId> volumeId() {
        return volume.map(VolumeInstance::volumeId);
    }
}
