package dev.railwaypostgres.playground.restore;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A standby that knows the archive only, from its first copy to the next timeline of its primary. */
class StandbyIT {
    @ParameterizedTest
    @ValueSource(ints = {16, 18})
    void followsTheArchiveWhileItsPrimaryWorksSleepsAndBeginsATimeline(int major, @TempDir Path folder)
            throws Exception {
        try (var database = new ArchivedDatabase(folder, major)) {
            var data = database.restoreFollower(folder.resolve("standby"));
            try (var standby = Restored.start(data, major)) {
                database.insert(20_001, 20_100);
                eventually(() -> assertThat(rows(standby)).isEqualTo("20100"));

                database.source.stop();
                assertThat(rows(standby)).isEqualTo("20100");

                database.source.startAgain();
                eventually(() -> database.source.sql("SELECT 1"));
                database.source.beginTimeline();
                eventually(() -> assertThat(database.source.sql("SELECT pg_is_in_recovery()"))
                        .isEqualTo("f"));
                database.followAgain();
                database.insert(20_101, 20_200);
                eventually(() -> assertThat(rows(standby)).isEqualTo("20200"));
                assertThat(standby.sql("SELECT received_tli FROM pg_stat_wal_receiver"))
                        .isEqualTo("2");
            }
        }
    }

    private static String rows(Restored standby) throws Exception {
        return standby.sql("SELECT count(*) FROM item");
    }
}
