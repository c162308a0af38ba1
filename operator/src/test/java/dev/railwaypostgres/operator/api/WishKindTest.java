package dev.railwaypostgres.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WishKindTest {
    private static final Instant SINCE = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-24T06:30:00Z");

    @Test
    void writesDownAWakeOfASleepingDatabase() {
        assertThat(WishKind.WAKE.word(database(Phase.SUSPENDED, null), NOW)).contains(NOW);
    }

    @Test
    void writesDownAWakeAlthoughOneFromBeforeTheSleepStandsThere() {
        assertThat(WishKind.WAKE.word(database(Phase.SUSPENDED, SINCE.minusSeconds(1)), NOW))
                .contains(NOW);
    }

    @Test
    void needsNoSecondWakeOfTheSameSleep() {
        assertThat(WishKind.WAKE.word(database(Phase.SUSPENDED, SINCE.plusSeconds(1)), NOW))
                .isEmpty();
        assertThat(WishKind.WAKE.word(database(Phase.SUSPENDING, SINCE.plusSeconds(1)), NOW))
                .isEmpty();
    }

    @Test
    void needsNoWakeOfADatabaseThatIsWaking() {
        assertThat(WishKind.WAKE.word(database(Phase.WAKING, null), NOW)).isEmpty();
    }

    @Test
    void writesDownAWakeOfADatabaseThatMayJustBeFallingAsleep() {
        assertThat(WishKind.WAKE.word(database(Phase.ACTIVE, NOW.minusSeconds(2)), NOW))
                .contains(NOW);
        assertThat(WishKind.WAKE.word(database(Phase.ACTIVE, NOW.minusMillis(500)), NOW))
                .isEmpty();
    }

    @Test
    void datesAWishNoEarlierThanThePhaseWhenThisClockIsSlow() {
        assertThat(WishKind.WAKE.word(database(Phase.SUSPENDED, null), SINCE.minusSeconds(30)))
                .contains(SINCE);
    }

    @Test
    void holdsADatabaseThatIsGoingToSleepButNotOneThatSleeps() {
        assertThat(WishKind.HOLD.word(database(Phase.SUSPENDING, null), NOW)).contains(NOW);
        assertThat(WishKind.HOLD.word(database(Phase.SUSPENDED, null), NOW)).isEmpty();
    }

    @Test
    void takesATextThatIsNoMomentForNoWish() {
        var database = database(Phase.SUSPENDED, null);
        database.getMetadata().getAnnotations().put(WishKind.WAKE.annotation(), "please");

        assertThat(WishKind.WAKE.word(database, NOW)).contains(NOW);
    }

    private static ServerlessDatabase database(Phase phase, @Nullable Instant standing) {
        var database = new ServerlessDatabase();
        database.setMetadata(new ObjectMetaBuilder().withName("orders").build());
        if (standing != null) {
            for (var kind : WishKind.values()) {
                database.getMetadata().getAnnotations().put(kind.annotation(), standing + " app/psql/10.0.0.1:5555");
            }
        }
        database.setStatus(new ServerlessDatabaseStatus(
                1L, phase, SINCE.toString(), null, null, null, null, null, null, List.of(), null, List.of()));
        return database;
    }
}
