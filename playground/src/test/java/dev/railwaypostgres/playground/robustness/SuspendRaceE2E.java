package dev.railwaypostgres.playground.robustness;

import dev.railwaypostgres.playground.run.PlaygroundExtension;
import dev.railwaypostgres.playground.run.Stage;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PlaygroundExtension.class)
class SuspendRaceE2E {
    @Test
    void servesEverybodyWhoComesWhileADatabaseFallsAsleep(Stage stage) throws SQLException {
        new SuspendRace(stage, 1).run(300);
    }
}
