package dev.railwaypostgres.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusedAttemptsTest {
    private static final Duration SLOWLY = Duration.ofMinutes(5);

    private Instant now = Instant.parse("2026-05-01T12:00:00Z");
    private final RefusedAttempts attempts = new RefusedAttempts(() -> now);

    @Test
    void letsARefusedDatabaseBeUntilItsTime() {
        attempts.remember(database(1, Phase.PROVISIONING), SLOWLY);

        now = now.plusSeconds(299);
        assertThat(attempts.rest(database(1, Phase.PROVISIONING))).contains(Duration.ofSeconds(1));
        now = now.plusSeconds(1);
        assertThat(attempts.rest(database(1, Phase.PROVISIONING))).isEmpty();
    }

    @Test
    void triesAnotherSpecAtOnce() {
        attempts.remember(database(1, Phase.PROVISIONING), SLOWLY);

        assertThat(attempts.rest(database(2, Phase.PROVISIONING))).isEmpty();
    }

    @Test
    void neverKeepsADatabaseThatIsMadeWaiting() {
        attempts.remember(database(1, Phase.SUSPENDED), SLOWLY);

        assertThat(attempts.rest(database(1, Phase.SUSPENDED))).isEmpty();
    }

    @Test
    void forgetsADatabaseThatIsDeleted() {
        attempts.remember(database(1, Phase.PROVISIONING), SLOWLY);
        attempts.forget(database(1, Phase.PROVISIONING));

        assertThat(attempts.rest(database(1, Phase.PROVISIONING))).isEmpty();
    }

    private static ServerlessDatabase database(long generation, Phase phase) {
        var database = new ServerlessDatabase();
        database.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("orders")
                .withGeneration(generation)
                .build());
        database.setStatus(StatusMemory.phase(ServerlessDatabaseStatus.unknown(), phase));
        return database;
    }
}
