package dev.railwaypostgres.operator.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredRolesTest {
    private final StoredRoles stored = StoredRoles.of(
            new ComputeIdentity("7000000000000000001", 1, "17.5", Lsn.INVALID),
            new RolesSnapshot(Map.of("app", "a verifier", "postgres", "another"), Map.of(), Map.of("TimeZone", "UTC")));

    @Test
    void letsNobodyLogInAsTheOperator() {
        assertThat(stored.roles()).containsOnlyKeys("app");
    }

    @Test
    void saysTheSameForTheSame() {
        assertThat(stored.toJson())
                .isEqualTo("{\"roles\":{\"app\":\"a verifier\"},\"parameters\":{\"TimeZone\":\"UTC\"},"
                        + "\"systemIdentifier\":\"7000000000000000001\"}");
    }
}
