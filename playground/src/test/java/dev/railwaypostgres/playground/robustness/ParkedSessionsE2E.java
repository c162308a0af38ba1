package dev.railwaypostgres.playground.robustness;

import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.run.PlaygroundExtension;
import dev.railwaypostgres.playground.run.Stage;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions that live longer than the sleep of their database. */
@ExtendWith(PlaygroundExtension.class)
class ParkedSessionsE2E {
    private static final Duration FALLS_ASLEEP = Duration.ofSeconds(60);
    private static final int SLEEPS = 2;

    @Test
    void keepsFiftySessionsOfThreeKindsWithTheirSettingsAndStatementsThroughSeveralSleeps(Stage stage)
            throws SQLException {
        stage.createDatabase("parked", "{suspend: {afterIdle: 1s}}");
        try (var history = PhaseHistory.follow(stage, "parked");
                var sessions = OpenSessions.open(stage, "parked", 50)) {
            for (var sleep = 1; sleep <= SLEEPS; sleep++) {
                var before = history.times(Phase.SUSPENDED);
                sessions.assertAsTheyWere();
                history.awaitMore(FALLS_ASLEEP, Phase.SUSPENDED, before);
            }
            sessions.assertAsTheyWere();
        }
    }

    @Test
    void staysAwakeForATemporaryTableAndSaysSoAndSleepsWhenItsSessionHasEnded(Stage stage) throws SQLException {
        stage.createDatabase("held", "{suspend: {afterIdle: 1s}}");
        try (var history = PhaseHistory.follow(stage, "held")) {
            try (var session = JdbcAddress.of(stage.uri("held")).connect()) {
                Sql.run(session, "CREATE TEMPORARY TABLE basket AS SELECT generate_series(1, 3) AS item");
                within(
                        FALLS_ASLEEP,
                        () -> assertThat(stage.field("held", ".status.sleep.blockers"))
                                .contains("temporary"));
                assertThat(history.times(Phase.SUSPENDED)).isZero();
                assertThat(Sql.ask(session, "SELECT count(*) FROM basket")).isEqualTo("3");
            }
            history.await(FALLS_ASLEEP, Phase.SUSPENDED);
        }
        within(
                FALLS_ASLEEP,
                () -> assertThat(stage.field("held", ".status.sleep.blockers")).isEmpty());
    }
}
