package dev.railwaypostgres.operator.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.operator.failure.Refusal;
import dev.railwaypostgres.railway.model.Region;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    @Test
    void leavesAnEndpointToTheOlderOfTwoDatabases() {
        ServerlessDatabase older = named("a-b", "c", "2026-01-01T00:00:00Z", "1");
        ServerlessDatabase younger = named("a", "b-c", "2026-01-02T00:00:00Z", "0");

        assertThatCode(() -> Admission.check(older, Stream.of(younger, older))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Admission.check(younger, Stream.of(younger, older)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("a-b-c")
                .hasMessageContaining("c/a-b");
    }

    @Test
    void refusesAnIdleTimeThatIsEmpty() {
        ServerlessDatabase database = World.database("orders");
        database.setSpec(Specs.with(Specs.afterIdle("")));

        assertThatThrownBy(() -> Admission.check(database, Stream.of(database)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("spec.suspend.afterIdle");
    }

    @Test
    void asksForNoRegionsWhenNoneIsWanted() {
        assertThatCode(() -> Admission.checkRegion(World.database("orders"), AdmissionTest::nobodyAsks))
                .doesNotThrowAnyException();
    }

    private static List<Region> nobodyAsks() {
        throw new AssertionError("Railway was asked for its regions");
    }

    private static ServerlessDatabase named(String name, String namespace, String created, String uid) {
        ServerlessDatabase database = World.database(name);
        database.getMetadata().setNamespace(namespace);
        database.getMetadata().setCreationTimestamp(created);
        database.getMetadata().setUid(uid);
        return database;
    }
}
