package dev.railwaypostgres.playground.robustness;

import dev.railwaypostgres.playground.run.PlaygroundExtension;
import dev.railwaypostgres.playground.run.Stage;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same race at full length: some ten minutes. */
@ExtendWith(PlaygroundExtension.class)
class SuspendRaceBenchmark {
    @Test
    void servesTwoThousandAttempts(Stage stage) throws SQLException {
        var seed = System.nanoTime();
        System.out.println("Seed of the race: " + seed);
        new SuspendRace(stage, seed).run(2000);
        System.out.println("2000 attempts: 0 refused, 0 answers lost");
    }
}
