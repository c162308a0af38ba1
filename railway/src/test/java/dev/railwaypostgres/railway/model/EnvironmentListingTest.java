package dev.railwaypostgres.railway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvironmentListingTest {
    private static final ServiceId OLD = new ServiceId("service-old");
    private static final ServiceId NEW = new ServiceId("service-new");
    private static final EnvironmentListing LISTING = new EnvironmentListing(
            new EnvironmentId("env-1"),
            "base",
            null,
            0,
            List.of(service(OLD, Instant.EPOCH), service(NEW, null)),
            List.of(volume("volume-old", NEW, true), volume("volume-new", NEW, false)));

    @Test
    void overlooksADeletedServiceOfTheSameName() {
        assertThat(LISTING.serviceNamed("orders"))
                .map(ServiceInstance::serviceId)
                .contains(NEW);
        assertThat(LISTING.service(OLD)).isEmpty();
    }

    @Test
    void overlooksADiskThatIsAboutToGo() {
        assertThat(LISTING.volumeOf(NEW)).map(VolumeInstance::volumeId).contains(new VolumeId("volume-new"));
        assertThat(LISTING.volume(new VolumeId("volume-old"))).isEmpty();
    }

    @Test
    void tellsAForkByItsSource() {
        assertThat(LISTING.isFork()).isFalse();
    }

    private static ServiceInstance service(ServiceId id, @Nullable Instant deletedAt) {
        return new ServiceInstance(id, "orders", RestartPolicy.ON_FAILURE, null, List.of(), deletedAt);
    }

    private static VolumeInstance volume(String id, ServiceId service, boolean deleted) {
        return new VolumeInstance(
                new VolumeInstanceId("instance-of-" + id),
                new VolumeId(id),
                service,
                "/data",
                5_000,
                60,
                VolumeState.READY,
                null,
                deleted,
                null);
    }
}
