package dev.railwaypostgres.playground.restore;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.binaries.PostgresTools;
import dev.railwaypostgres.playground.compute.ScratchCompute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image's own first start, from an archive server. */
class ComputeRestoreIT {
    private static final Duration RESTORE = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void startsAsTheDatabaseWasAtItsTargetWithPasswordsOfItsOwn(int major, @TempDir Path folder) throws Exception {
        try (var database = new ArchivedDatabase(folder.resolve("source"), major)) {
            database.source.sql("ALTER ROLE app PASSWORD 'another'");
            var target = database.source.sql("SELECT pg_current_wal_insert_lsn()");
            database.insert(20_001, 20_010);
            database.catchUp();
            try (var restored = restore(folder, major, database, "lsn " + target)) {
                within(RESTORE, () -> assertThat(rows(restored)).isEqualTo(20_000));
                try (var connection = restored.loginAsOwner("test")) {
                    assertThat(connection.isValid(5)).isTrue();
                }
                assertThat(restored.data().resolve("standby.signal")).doesNotExist();
            }
        }
    }

    @Test
    void beginsAnewAfterItWasStoppedHalfWay(@TempDir Path folder) throws Exception {
        try (var database = new ArchivedDatabase(folder.resolve("source"), 17)) {
            var target = database.source.sql("SELECT pg_current_wal_insert_lsn()");
            var unreachable = "lsn 7/0";
            try (var hanging = restore(folder, 17, database, unreachable)) {
                var half = hanging.data().resolveSibling("pgdata.new");
                within(RESTORE, () -> assertThat(half.resolve("postmaster.pid")).exists());
                assertThat(hanging.data()).doesNotExist();
            }
            database.insert(20_001, 20_010);
            database.catchUp();
            try (var restored = restore(folder, 17, database, "lsn " + target)) {
                within(RESTORE, () -> assertThat(rows(restored)).isEqualTo(20_000));
            }
        }
    }

    @Test
    void doesNotStartFromAnArchiveThatRefusesIt(@TempDir Path folder) throws Exception {
        try (var database = new ArchivedDatabase(folder.resolve("source"), 17)) {
            database.server.close();
            try (var restored = restore(folder, 17, database, "lsn 0/1")) {
                assertThat(restored.awaitEnd(RESTORE)).isEqualTo(1);
                assertThat(restored.data()).doesNotExist();
                eventually(() -> assertThat(Files.readString(folder.resolve("restored/compute.log")))
                        .contains("the archive did not give the cluster"));
            }
        }
    }

    @Test
    void makesAnOwnerThatTheArchiveDoesNotKnow(@TempDir Path folder) throws Exception {
        try (var database = new ArchivedDatabase(folder.resolve("source"), 18)) {
            var target = "lsn " + database.source.sql("SELECT pg_current_wal_insert_lsn()");
            database.insert(20_001, 20_010);
            database.catchUp();
            try (var restored = restore(folder, 18, database, target, Map.of("DATABASE_OWNER", "O'Neill \"$$\""));
                    var owner = eventualLogin(restored)) {
                assertThat(owner.isValid(5)).isTrue();
            }
        }
    }

    private static Connection eventualLogin(ScratchCompute restored) {
        var login = new AtomicReference<Connection>();
        within(RESTORE, () -> login.set(restored.login("O'Neill \"$$\"", ScratchCompute.OWNER, "test")));
        return login.get();
    }

    private static ScratchCompute restore(Path folder, int major, ArchivedDatabase database, String target)
            throws Exception {
        return restore(folder, major, database, target, Map.of());
    }

    private static ScratchCompute restore(
            Path folder, int major, ArchivedDatabase database, String target, Map<String, String> more)
            throws Exception {
        var programs = PostgresTools.standard(System.out::println)
                .program("pg_basebackup")
                .resolveSibling("");
        var variables = new HashMap<>(more);
        variables.put("RESTORE_SOURCE", database.address());
        variables.put("RESTORE_PASSWORD", Tool.PASSWORD);
        variables.put("RESTORE_TARGET", target);
        return ScratchCompute.start(Files.createDirectories(folder.resolve("restored")), major, programs, variables);
    }

    private static int rows(ScratchCompute compute) throws SQLException {
        try (var connection = compute.loginAsSuperuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM item")) {
            return rows.next() ? rows.getInt(1) : -1;
        }
    }
}
