package dev.railwaypostgres.playground.simulator.railway;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeImageIT {
    private static final int MAJOR = 17;

    private Path volume;

    @BeforeEach
    void attachVolume(@TempDir Path folder) throws IOException {
        volume = Files.createDirectory(folder.resolve("volume"));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18})
    void makesADatabaseBehindTlsAndScramAndEndsWell(int major) throws SQLException {
        try (var compute = ACompute.start(major, volume)) {
            try (var owner = compute.login("app")) {
                assertThat(ACompute.query(owner, "SHOW server_version")).startsWith(major + ".");
                assertThat(ACompute.query(owner, "SHOW server_encoding")).isEqualTo("UTF8");
                assertThat(ACompute.query(owner, "SHOW data_checksums")).isEqualTo("on");
                assertThat(ACompute.query(owner, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                        .isEqualTo("f");
                assertThat(ACompute.query(
                                owner, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'app'"))
                        .isEqualTo("app");
            }
            try (var admin = compute.login("postgres")) {
                assertThat(ACompute.query(admin, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                        .isEqualTo("t");
            }
            assertThatThrownBy(() -> compute.tryLogin("app", "sslmode=disable")).hasMessageContaining("no encryption");
            assertThat(compute.stop()).isZero();
        }
    }

    @Test
    void keepsDataAndCertificateFromOneStartToTheNext() throws Exception {
        try (var compute = ACompute.start(MAJOR, volume)) {
            try (var owner = compute.login("app")) {
                execute(owner, "CREATE TABLE kept AS SELECT 42 AS answer");
            }
            assertThat(compute.stop()).isZero();
        }
        var certificate = Files.readString(volume.resolve("certs/server.crt"));
        try (var compute = ACompute.start(MAJOR, volume);
                var owner = compute.login("app")) {
            assertThat(ACompute.query(owner, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(Files.readString(volume.resolve("certs/server.crt"))).isEqualTo(certificate);
            assertThat(compute.output()).doesNotContain("creating the cluster");
        }
    }

    @Test
    void renewsTheCertificateWhenItsTimeHasCome() throws Exception {
        try (var compute = ACompute.start(MAJOR, volume)) {
            compute.login("app").close();
            assertThat(compute.stop()).isZero();
        }
        var before = Files.readString(volume.resolve("certs/server.crt"));
        Files.writeString(volume.resolve("certs/renew-after"), "1\n");
        try (var compute = ACompute.start(MAJOR, volume)) {
            compute.login("app").close();
            assertThat(Files.readString(volume.resolve("certs/server.crt"))).isNotEqualTo(before);
        }
    }

    @Test
    void recoversAfterItWasKilled() throws SQLException {
        try (var compute = ACompute.start(MAJOR, volume);
                var owner = compute.login("app")) {
            execute(owner, "CREATE TABLE kept AS SELECT 42 AS answer");
            compute.kill();
        }
        try (var compute = ACompute.start(MAJOR, volume);
                var owner = compute.login("app")) {
            assertThat(ACompute.query(owner, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void startsOverWhenTheFirstStartWasInterrupted() throws Exception {
        Files.createDirectories(volume.resolve("pgdata.new/base"));
        Files.writeString(volume.resolve("pgdata.new/PG_VERSION"), "17");
        try (var compute = ACompute.start(MAJOR, volume);
                var owner = compute.login("app")) {
            assertThat(ACompute.query(owner, "SELECT 1")).isEqualTo("1");
            assertThat(volume.resolve("pgdata.new")).doesNotExist();
        }
    }

    @Test
    void refusesToStartWithoutAVolume() {
        try (var compute = ACompute.start(MAJOR, volume, Map.of("RAILWAY_VOLUME_MOUNT_PATH", ""))) {
            assertThat(compute.status()).isEqualTo(1);
            assertThat(compute.output()).contains("no volume is attached");
        }
    }

    @Test
    void refusesDataOutsideTheVolume() {
        try (var compute = ACompute.start(MAJOR, volume, Map.of("PGDATA", "/tmp/elsewhere"))) {
            assertThat(compute.status()).isEqualTo(1);
            assertThat(compute.output()).contains("is not below the volume");
        }
    }

    @Test
    void refusesDataOfAnotherVersion() throws Exception {
        Files.createDirectories(volume.resolve("pgdata"));
        Files.writeString(volume.resolve("pgdata/PG_VERSION"), "16\n");
        try (var compute = ACompute.start(MAJOR, volume)) {
            assertThat(compute.status()).isEqualTo(1);
            assertThat(compute.output()).contains("the data is of Postgres 16, this image runs 17");
        }
    }

    @Test
    void namesTheVariableThatIsMissing() {
        try (var compute = ACompute.start(MAJOR, volume, Map.of("OWNER_VERIFIER", ""))) {
            assertThat(compute.status()).isEqualTo(1);
            assertThat(compute.output()).contains("the variable OWNER_VERIFIER is not set");
        }
    }

    @Test
    void endsAlsoWithClientsBeforeTheDrainingTimeIsOver() throws SQLException {
        try (var compute = ACompute.start(MAJOR, volume, Map.of("RAILWAY_DEPLOYMENT_DRAINING_SECONDS", "4"));
                var owner = compute.login("app")) {
            assertThat(compute.stop()).isZero();
            assertThatThrownBy(() -> ACompute.query(owner, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(compute.output()).contains("received smart shutdown request", "received fast shutdown request");
        }
    }

    @Test
    void endsWellWhenAskedThroughPostgresAndTheLastClientLeft() throws SQLException {
        try (var compute = ACompute.start(MAJOR, volume)) {
            try (var admin = compute.login("postgres")) {
                execute(admin, "COPY (SELECT 1 WHERE false) TO PROGRAM 'kill -TERM \"$(head -n 1 postmaster.pid)\"'");
                eventually(() -> assertThatThrownBy(() -> compute.tryLogin("app", "sslmode=require"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refusal -> assertThat(refusal.getSQLState()).isEqualTo("57P03")));
                assertThat(ACompute.query(admin, "SELECT 1")).isEqualTo("1");
            }
            assertThat(compute.status()).isZero();
        }
    }

    @Test
    void reportsACrash() throws Exception {
        try (var compute = ACompute.start(MAJOR, volume);
                var owner = compute.login("app")) {
            assertThat(owner.isValid(5)).isTrue();
            var postmaster = Long.parseLong(
                    Files.readAllLines(volume.resolve("pgdata/postmaster.pid")).getFirst());
            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
            assertThat(compute.status()).isNotZero();
        }
    }

    @Test
    void takesPostgresWithItWhenTheScriptItselfIsKilled() throws SQLException {
        try (var compute = ACompute.start(MAJOR, volume);
                var owner = compute.login("app")) {
            assertThat(owner.isValid(5)).isTrue();
            var children = compute.children();
            compute.process().destroyForcibly();
            eventually(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void takesParametersAnewAtEachStartButNoOtherDoors() throws SQLException {
        try (var compute =
                        ACompute.start(MAJOR, volume, Map.of("POSTGRES_PARAMETERS", "work_mem = '9MB'\nssl = 'off'"));
                var owner = compute.login("app")) {
            assertThat(ACompute.query(owner, "SHOW work_mem")).isEqualTo("9MB");
            assertThat(ACompute.query(owner, "SHOW ssl")).isEqualTo("on");
        }
        try (var compute = ACompute.start(MAJOR, volume, Map.of("POSTGRES_PARAMETERS", "work_mem = '5MB'"));
                var owner = compute.login("app")) {
            assertThat(ACompute.query(owner, "SHOW work_mem")).isEqualTo("5MB");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            work_mem = 'much'                               | invalid value for parameter "work_mem": "much"
            no_such_thing = '1'                             | unrecognized configuration parameter "no_such_thing"
            max_connections = '99999999'                    | outside the valid range for parameter "max_connections"
            shared_preload_libraries = 'no_such_library'    | Postgres does not start with these parameters
            """)
    void startsWithThoseBeforeWhenItCannotWithItsParameters(String wrong, String complaint) throws Exception {
        assertThat(workMemoryWith("work_mem = '9MB'")).isEqualTo("9MB");
        assertThat(workMemoryWith("work_mem = '5MB'\n" + wrong)).isEqualTo("9MB");
        assertThat(Files.readString(ACompute.log(volume))).contains(complaint);
        assertThat(Files.readString(volume.resolve("pgdata/parameters.refused")))
                .isEqualTo("work_mem = '5MB'\n" + wrong + "\n");

        assertThat(workMemoryWith("work_mem = '6MB'")).isEqualTo("6MB");
        assertThat(volume.resolve("pgdata/parameters.refused")).doesNotExist();
    }

    @Test
    void startsWithNoneWhenItCannotWithTheFirstOnesItEverGot() throws SQLException {
        assertThat(workMemoryWith("work_mem = '5MB'\nshared_preload_libraries = 'no_such_library'"))
                .isEqualTo("4MB");
    }

    @Test
    void doesNotTakeParametersForGoodThatOnlyTakeAStart() throws Exception {
        assertThat(workMemoryWith("work_mem = '9MB'")).isEqualTo("9MB");
        // What a running compute was given, and will only notice at its next start.
        Files.writeString(volume.resolve("pgdata/parameters.conf"), "shared_preload_libraries = 'no_such_library'\n");
        for (var start = 0; start < 2; start++) {
            assertThat(workMemoryWith("shared_preload_libraries = 'no_such_library'"))
                    .isEqualTo("9MB");
        }
    }

    /** What a setting is after a start with these parameters. */
    private String workMemoryWith(String parameters) throws SQLException {
        try (var compute = ACompute.start(MAJOR, volume, Map.of("POSTGRES_PARAMETERS", parameters))) {
            String found;
            try (var owner = compute.login("app")) {
                found = ACompute.query(owner, "SHOW work_mem");
            }
            assertThat(compute.stop()).isZero();
            return found;
        }
    }

    @Test
    void makesNamesThatNeedQuotes() throws SQLException {
        var names = Map.of("DATABASE_NAME", "app", "DATABASE_OWNER", "o'mine \"x\"");
        try (var compute = ACompute.start(MAJOR, volume, names);
                var owner = compute.login("o'mine \"x\"")) {
            assertThat(ACompute.query(owner, "SELECT current_user")).isEqualTo("o'mine \"x\"");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
