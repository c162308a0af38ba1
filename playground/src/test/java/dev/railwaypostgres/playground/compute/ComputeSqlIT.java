package dev.railwaypostgres.playground.compute;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.sleep.compute.AdminLogin;
import dev.railwaypostgres.sleep.compute.ClientBackend;
import dev.railwaypostgres.sleep.compute.ClientBackend.State;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import dev.railwaypostgres.sleep.compute.ComputeException;
import dev.railwaypostgres.sleep.compute.ComputeSession;
import dev.railwaypostgres.sleep.compute.ComputeSql;
import dev.railwaypostgres.sleep.compute.Password;
import dev.railwaypostgres.sleep.compute.PostgresComputeSql;
import dev.railwaypostgres.sleep.compute.RoleAttributes;
import dev.railwaypostgres.sleep.compute.RunningParameters;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of computes. */
class ComputeSqlIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String US = "ours";
    private static final ComputeSql SQL = new PostgresComputeSql();

    private static ComputeSession login(ScratchCompute compute) {
        return SQL.open(login(compute.address(), ScratchCompute.ADMIN), TIMEOUT);
    }

    private static AdminLogin login(ComputeAddress address, Password password) {
        return new AdminLogin(address, "postgres", "postgres", US, password);
    }

    /** Postgres needs a moment to boot. */
    private static void awaitLogins(ScratchCompute compute) {
        eventually(() -> login(compute).close());
    }

    /** Questions that leave the compute as it is. */
    @Nested
    class OfARunningCompute {
        @TempDir
        private static Path folder;

        private static ScratchCompute compute;

        @BeforeAll
        static void start() throws Exception {
            compute = ScratchCompute.start(folder, 17);
            awaitLogins(compute);
        }

        @AfterAll
        static void stop() {
            compute.close();
        }

        @Test
        void tellsWhichPostgresAnswers() {
            try (var session = login(compute)) {
                var identity = session.identity();

                assertThat(identity.systemIdentifier()).matches("\\d{18,20}");
                assertThat(identity.timeline()).isEqualTo(1);
                assertThat(identity.version()).startsWith("17.");
                assertThat(session.checkpoint()).isGreaterThanOrEqualTo(identity.position());
            }
        }

        @Test
        void seesWhatSessionsDoButNotItsOwn() throws Exception {
            try (var working = compute.loginAsOwner("working");
                    var idle = compute.loginAsOwner("idle");
                    var session = login(compute)) {
                working.setAutoCommit(false);
                execute(working, "SELECT 1");
                execute(idle, "SELECT 1");

                eventually(() -> assertThat(session.activity().backends())
                        .extracting(ClientBackend::application, ClientBackend::role, ClientBackend::state)
                        .containsExactlyInAnyOrder(
                                tuple("working", "app", State.IN_TRANSACTION), tuple("idle", "app", State.IDLE)));
            }
        }

        @Test
        void takesASessionOfPgBackRestForABackupThoughItIsIdle() throws Exception {
            try (var backup = compute.loginAsOwner("pgBackRest [backup]");
                    var session = login(compute)) {
                execute(backup, "SELECT 1");

                eventually(() -> assertThat(session.activity().backends())
                        .extracting(ClientBackend::state)
                        .containsExactly(State.BACKING_UP));
            }
        }

        @Test
        void tellsForHowLongItHasBeenUp() {
            try (var session = login(compute)) {
                assertThat(session.activity().upFor()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(5));
            }
        }

        @Test
        void seesAClientThatTakesOurName() throws Exception {
            try (var client = compute.loginAsOwner(US);
                    var session = login(compute)) {
                execute(client, "SELECT 1");

                assertThat(session.activity().backends())
                        .extracting(ClientBackend::role)
                        .contains("app");
            }
        }

        @Test
        void countsSessionsThatCameAndWent() throws Exception {
            try (var session = login(compute)) {
                var before = session.activity().sessions();
                compute.loginAsOwner("passing").close();

                eventually(() -> assertThat(session.activity().sessions()).isGreaterThan(before));
            }
        }

        @Test
        void readsWhatIsUnusualAboutRoles() throws Exception {
            try (var superuser = compute.loginAsSuperuser();
                    var session = login(compute)) {
                execute(superuser, "CREATE ROLE guest PASSWORD 'guest' VALID UNTIL '2001-02-03 04:05:06.5+00'");
                execute(superuser, "CREATE ROLE forever LOGIN PASSWORD 'forever' VALID UNTIL 'infinity'");
                execute(superuser, "CREATE ROLE never LOGIN PASSWORD 'never' VALID UNTIL '-infinity'");
                execute(superuser, "CREATE ROLE nobody LOGIN");
                var roles = session.roles();
                execute(superuser, "DROP ROLE guest, forever, never, nobody");

                assertThat(roles.verifiers()).containsOnlyKeys("app", "postgres", "guest", "forever", "never");
                assertThat(roles.attributes())
                        .isEqualTo(Map.of(
                                "guest", new RoleAttributes(false, "2001-02-03T04:05:06.500000Z", false),
                                "never", new RoleAttributes(true, "1970-01-01T00:00:00.000000Z", false),
                                "postgres", new RoleAttributes(true, null, true)));
            }
        }

        @Test
        void readsTheVerifiersOfRoles() {
            try (var session = login(compute)) {
                var verifiers = session.roles().verifiers();

                assertThat(verifiers).containsOnlyKeys("app", "postgres");
                var verifier = ScramVerifier.parse(verifiers.getOrDefault("app", ""));
                var same =
                        ScramVerifier.ofPassword(ScratchCompute.OWNER.value(), verifier.iterations(), verifier.salt());
                assertThat(verifier).isEqualTo(same);
            }
        }

        @Test
        void readsWhatAClientIsToldAfterItsLogin() {
            try (var session = login(compute)) {
                assertThat(session.roles().parameters())
                        .containsEntry("TimeZone", "Europe/Berlin")
                        .containsEntry("DateStyle", "ISO, MDY")
                        .containsEntry("client_encoding", "UTF8")
                        .containsEntry("server_encoding", "UTF8")
                        .containsEntry("integer_datetimes", "on")
                        .containsEntry("default_transaction_read_only", "off")
                        .containsKeys("server_version", "IntervalStyle", "standard_conforming_strings");
            }
        }

        @Test
        void givesARunningComputeNewParametersAndTakesThemBack() {
            try (var session = login(compute)) {
                assertThat(session.parameters())
                        .isEqualTo(new RunningParameters(ScratchCompute.PARAMETERS, false, Optional.empty()));

                var more =
                        ScratchCompute.PARAMETERS + "\nlog_line_prefix = '%m it''s \\\\ \u00e4 '\nmyapp.setting = 'x'";
                session.offerParameters(more);
                assertThat(session.parameters()).isEqualTo(new RunningParameters(more, false, Optional.empty()));
                eventually(() -> assertThat(setting("log_line_prefix")).isEqualTo("%m it's \\ \u00e4 "));

                session.offerParameters(ScratchCompute.PARAMETERS);
                eventually(() -> assertThat(setting("log_line_prefix")).isEqualTo("%m [%p] "));
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                work_mem = '5MB', max_connections = 'many' | invalid value for parameter "max_connections": "many"
                work_mem = '5MB', wrok_mem = '1'           | unrecognized configuration parameter "wrok_mem"
                """)
        void keepsAllParametersWhenOneIsWrong(String wrong, String complaint) {
            var lines = wrong.replace(", ", "\n");
            try (var session = login(compute)) {
                session.offerParameters(lines);

                var found = session.parameters();
                assertThat(found.text()).isEqualTo(ScratchCompute.PARAMETERS);
                assertThat(found.refused()).hasValueSatisfying(refused -> {
                    assertThat(refused.text()).isEqualTo(lines);
                    assertThat(refused.said()).contains(complaint);
                });

                session.offerParameters(ScratchCompute.PARAMETERS);
                assertThat(session.parameters().refused()).isEmpty();
            }
        }

        @Test
        void saysThatAParameterTakesAStartUntilItIsTakenBack() {
            try (var session = login(compute)) {
                session.offerParameters(ScratchCompute.PARAMETERS + "\nmax_worker_processes = '16'");
                assertThat(session.parameters().needsStart()).isTrue();

                session.offerParameters(ScratchCompute.PARAMETERS);
                assertThat(session.parameters().needsStart()).isFalse();
            }
        }

        @Test
        void getsInWhereALibraryThatIsNotThereKeepsClientsOut() {
            try (var session = login(compute)) {
                session.offerParameters(ScratchCompute.PARAMETERS + "\nsession_preload_libraries = 'no_such_library'");
                eventually(() -> assertThatThrownBy(() -> compute.loginAsOwner("client"))
                        .hasMessageContaining("no_such_library"));

                login(compute).close();
                session.offerParameters(ScratchCompute.PARAMETERS);
                eventually(() -> compute.loginAsOwner("client").close());
            }
        }

        private static String setting(String name) throws SQLException {
            try (var client = compute.loginAsOwner("client");
                    var statement = client.createStatement();
                    var rows = statement.executeQuery("SELECT setting FROM pg_settings WHERE name = '" + name + "'")) {
                rows.next();
                return rows.getString(1);
            }
        }

        @Test
        void flushesAtACheckpoint() {
            try (var session = login(compute)) {
                var first = session.checkpoint();

                assertThat(session.checkpoint()).isGreaterThan(first);
            }
        }

        @Test
        void endsSessionsThatHaveBeenIdleForLong() throws Exception {
            try (var working = compute.loginAsOwner("working");
                    var idle = compute.loginAsOwner("idle");
                    var session = login(compute)) {
                working.setAutoCommit(false);
                execute(working, "SELECT 1");
                execute(idle, "SELECT 1");

                session.terminateIdle(Duration.ofMinutes(1));
                execute(idle, "SELECT 1");
                session.terminateIdle(Duration.ZERO);

                assertThatThrownBy(() -> execute(idle, "SELECT 1")).isInstanceOf(SQLException.class);
                execute(working, "SELECT 1");
            }
        }

        @Test
        void saysThatThePasswordIsWrong() {
            assertThatThrownBy(() -> SQL.open(login(compute.address(), new Password("wrong")), TIMEOUT))
                    .isInstanceOf(ComputeException.LoginRefused.class)
                    .hasMessageNotContaining("wrong");
        }
    }

    /** Nobody, or somebody else, at the address. */
    @Nested
    class OfAnAddressWithoutACompute {
        @Test
        void saysThatNobodyAnswers() throws Exception {
            int port;
            try (var socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            var address = new ComputeAddress("127.0.0.1", port);

            assertThatThrownBy(() -> SQL.open(login(address, ScratchCompute.ADMIN), TIMEOUT))
                    .isInstanceOf(ComputeException.Unreachable.class);
        }

        @Test
        void givesUpOnSomebodyWhoNeverAnswers() throws Exception {
            try (var silent = new ServerSocket(0)) {
                var address = new ComputeAddress("127.0.0.1", silent.getLocalPort());

                assertThatThrownBy(() -> SQL.open(login(address, ScratchCompute.ADMIN), Duration.ofSeconds(1)))
                        .isInstanceOf(ComputeException.Unreachable.class);
            }
        }

        @Test
        void tellsNoPasswordToOneWhoAsksForItInClear(@TempDir Path folder) throws Exception {
            try (var impostor = Impostor.start(folder)) {
                assertThatThrownBy(() -> SQL.open(login(impostor.address(), ScratchCompute.ADMIN), TIMEOUT))
                        .isInstanceOf(ComputeException.LoginRefused.class);

                assertThat(impostor.heard()).doesNotContain(ScratchCompute.ADMIN.value());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18})
    void endsAComputeWhenItsLastSessionHasEnded(int major, @TempDir Path folder) throws Exception {
        try (var compute = ScratchCompute.start(folder, major)) {
            awaitLogins(compute);
            var client = compute.loginAsOwner("client");
            try (var session = login(compute)) {
                assertThat(session.identity().version()).startsWith(major + ".");
                assertThat(session.roles().verifiers()).containsOnlyKeys("app", "postgres");
                session.offerParameters("work_mem = '7MB'\nmax_connections = '99'");
                assertThat(session.parameters())
                        .isEqualTo(new RunningParameters(
                                "work_mem = '7MB'\nmax_connections = '99'", true, Optional.empty()));
                session.checkpoint();
                session.fence();
                session.fence();

                eventually(() ->
                        assertThatThrownBy(() -> login(compute)).isInstanceOf(ComputeException.ShuttingDown.class));
                execute(client, "SELECT 1");
                assertThat(session.activity().backends())
                        .extracting(ClientBackend::application)
                        .isEqualTo(List.of("client"));
            }
            client.close();

            assertThat(compute.awaitEnd(Duration.ofSeconds(20))).isZero();
        }
    }

    /** What a program has not read when it ends breaks the pipe, and with it the fence: one in fifteen, at times. */
    @Test
    void givesTheProgramOfItsFenceNothingToRead(@TempDir Path folder) throws Exception {
        var read = folder.resolve("read");
        program(folder.resolve("bin/head"), "cat >'%s'; PATH=/usr/bin:/bin exec head \"$@\"".formatted(read));
        try (var compute = ScratchCompute.start(folder, 17, folder.resolve("bin"))) {
            awaitLogins(compute);
            try (var session = login(compute)) {
                session.fence();
            }
            assertThat(compute.awaitEnd(Duration.ofSeconds(20))).isZero();
            assertThat(read).isEmptyFile();
        }
    }

    private static void program(Path file, String line) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (var running = connection.createStatement()) {
            running.execute(statement);
        }
    }
}
