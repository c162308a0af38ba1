package dev.railwaypostgres.playground.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.run.PlaygroundExtension;
import dev.railwaypostgres.playground.run.Stage;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many clients of one sleeping database. */
@ExtendWith(PlaygroundExtension.class)
class CrowdIT {
    private static final int CROWD = 100;

    @Test
    void aHundredWaitingClientsCauseOneStartAndAllAreAnswered(Stage stage) throws SQLException, InterruptedException {
        try (var subject = Subject.create(stage, "crowded")) {
            subject.awaitSleep();
            var simulator = stage.playground().railway();
            var before = simulator.counters().of("serviceInstanceDeployV2");
            try (var crowd = Crowd.logIn(new Clients(stage, subject.name()), CROWD)) {
                assertThat(simulator.counters().of("serviceInstanceDeployV2")).isEqualTo(before);
                assertThat(crowd.askAll()).isEqualTo(CROWD);
            }
            assertThat(simulator.counters().of("serviceInstanceDeployV2")).isEqualTo(before + 1);
        }
        stage.kubectl("delete", "sdb/crowded", "--timeout=60s");
    }
}
