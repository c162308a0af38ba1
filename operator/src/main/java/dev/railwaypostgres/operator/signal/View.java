package dev.railwaypostgres.operator.signal;

import dev.railwaypostgres.railway.model.EnvironmentListing;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.railway.model.VolumeInstance;
import java.util.Optional;

/** What of a listing concerns one service: it, and the disk on it without how full that is. */
record View(Optional<ServiceInstance> service, Optional<Disk> disk) {
    private record Disk(String volume, int sizeMB, String state) {
        static Disk of(VolumeInstance volume) {
            return new Disk(volume.volumeId().value(), volume.sizeMB(), String.valueOf(volume.state()));
        }
    }

    static View of(EnvironmentListing listing, String serviceName) {
        Optional<ServiceInstance> service = listing.serviceNamed(serviceName);
        return new View(
                service,
                service.flatMap(found -> listing.volumeOf(found.serviceId())).map(Disk::of));
    }
}
