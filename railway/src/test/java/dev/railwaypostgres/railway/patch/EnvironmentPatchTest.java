package dev.railwaypostgres.railway.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.railwaypostgres.railway.model.ResourceLimits;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.VolumeId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentPatchTest {
    private static final ServiceId ORDERS = new ServiceId("service-orders");
    private static final ServiceId USERS = new ServiceId("service-users");
    private static final VolumeId VOLUME = new VolumeId("volume-orders");
    private static final String MOUNT_PATH = "/var/lib/postgresql/data";
    private static final String AMSTERDAM = "europe-west4-drams3a";

    @Test
    void finishesANewDatabaseAtOnce() throws IOException {
        EnvironmentPatch patch = EnvironmentPatch.empty()
                .service(
                        ORDERS,
                        service -> service.image("railway-postgres/compute:17")
                                .variables(Map.of("PGDATA", MOUNT_PATH + "/pgdata"))
                                .variable("PGPORT", "5432")
                                .requiredMountPath(MOUNT_PATH)
                                .restartOnFailure(10)
                                .sleepApplication(false)
                                .draining(Duration.ofSeconds(60))
                                .limits(new ResourceLimits(1, 1_000_000_000))
                                .region(AMSTERDAM)
                                .leaveRegion("us-west2")
                                .tcpProxy(5432)
                                .volumeMount(VOLUME, MOUNT_PATH))
                .volume(VOLUME, volume -> volume.sizeMB(10_000).region(AMSTERDAM));

        assertThat(sent(patch)).isEqualTo(golden("new-database"));
    }

    @Test
    void removesAVariableByAnExplicitNull() throws IOException {
        EnvironmentPatch patch =
                EnvironmentPatch.empty().service(ORDERS, service -> service.removeVariable("RECOVERY_TARGET"));

        assertThat(sent(patch)).isEqualTo(golden("removed-variable"));
    }

    @Test
    void changesOnlyWhatItNames() throws IOException {
        EnvironmentPatch patch = EnvironmentPatch.empty().volume(VOLUME, volume -> volume.sizeMB(20_000));

        assertThat(sent(patch)).isEqualTo(golden("grown-volume"));
    }

    @Test
    void addsUpChangesToOneService() throws IOException {
        EnvironmentPatch patch = EnvironmentPatch.empty()
                .service(ORDERS, service -> service.variable("A", "1"))
                .service(USERS, service -> service.variable("C", "3"))
                .service(ORDERS, service -> service.variable("B", "2"));

        assertThat(sent(patch)).isEqualTo(golden("two-services"));
    }

    @Test
    void isNotChangedByWhatIsBuiltOnIt() {
        EnvironmentPatch first = EnvironmentPatch.empty().service(ORDERS, service -> service.variable("A", "1"));
        JsonNode before = first.toJson();

        EnvironmentPatch second = first.service(ORDERS, service -> service.variable("A", "2"));
        first.toJson().removeAll();

        assertThat(first.toJson()).isEqualTo(before).isNotEqualTo(second.toJson());
        assertThat(EnvironmentPatch.empty().isEmpty()).isTrue();
    }

    private static JsonNode sent(EnvironmentPatch patch) throws IOException {
        return new ObjectMapper().readTree(patch.toJson().toString());
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream file = EnvironmentPatchTest.class.getResourceAsStream(name + ".json")) {
            return new ObjectMapper().readTree(file);
        }
    }
}
