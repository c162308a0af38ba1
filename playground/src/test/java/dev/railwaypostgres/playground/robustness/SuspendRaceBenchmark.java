package dev.railwaypostgres.playground.robustness;

import dev.railwaypostgres.playground.run.PlaygroundExtension;
import dev.railwaypostgres.playground.run.Stage;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./run bench race [ATTEMPTS [SEED]]}: the same race at full length, some ten minutes. */
@ExtendWith(PlaygroundExtension.class)
class SuspendRaceBenchmark {
    @Test
    void servesEverybody(Stage stage) throws SQLException {
        int attempts = Integer.getInteger("race.attempts", 2000);
        long seed = Long.getLong("race.seed", System.nanoTime());
        System.out.printf("The race: %d attempts, seed %d%n", attempts, seed);
        new SuspendRace(stage, seed).run(attempts);
        System.out.printf("Of %d attempts 0 were refused, and 0 answers were lost%n", attempts);
    }
}
