package dev.railwaypostgres.playground.standalone;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who puts the proxy beside a Postgres on Railway. */
class StandaloneE2E {
    @TempDir
    private static Path folder;

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = new Scene(folder, "ON_FAILURE");
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    @Test
    void aSessionStaysOpenWhileItsDatabaseSleepsAndWakesItWithTheNextStatement() {
        try (var psql = scene.psql()) {
            assertThat(
                            psql.ask(
                                    "DROP TABLE IF EXISTS items; CREATE TABLE items AS SELECT generate_series(1, 1000) AS id; SELECT 'made';"))
                    .isEqualTo("made");
            scene.awaitAsleep();
            assertThat(scene.database.state())
                    .as("Postgres has ended by itself")
                    .isEqualTo("SUCCESS*/EXITED");
            long starts = scene.starts();

            assertThat(psql.ask("SELECT count(*) FROM items;")).isEqualTo("1000");

            assertThat(scene.starts()).isEqualTo(starts + 1);
        }
        scene.awaitLog("for=\"postgres/psql/127.0.0.1");
    }

    @Test
    void leadsToEveryDatabaseOfTheOnlyPostgres() {
        try (var psql = scene.psql("template1")) {
            assertThat(psql.ask("SELECT current_database();")).isEqualTo("template1");
        }
    }

    @Test
    void answersOnIpv6WhichIsAllThatSomePrivateNetworksHave() {
        assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "this machine has no IPv6");
        try (var psql = scene.psqlAt("[::1]")) {
            assertThat(psql.ask("SELECT 'here';")).isEqualTo("here");
        }
    }

    @Test
    void logsInWithoutAWakeAfterTheProxyWasKilledWhileTheDatabaseSlept() {
        wake();
        scene.awaitAsleep();
        scene.killProxy();
        scene.startProxyAgain();
        long starts = scene.starts();

        try (var psql = scene.psql()) {
            assertThat(psql.ask("SHOW server_version;")).startsWith("17.");
            assertThat(psql.type("SET statement_timeout = 60000;")).isEmpty();
            assertThat(scene.starts()).isEqualTo(starts);
            assertThat(psql.ask("SELECT count(*) > 0 FROM pg_class;")).isEqualTo("t");
        }
        assertThat(scene.starts()).isEqualTo(starts + 1);
    }

    @Test
    void letsARoleLogInThatWasMadeAMomentAgo() {
        try (var psql = scene.psql()) {
            assertThat(psql.ask("DROP ROLE IF EXISTS late; CREATE ROLE late LOGIN PASSWORD 'late'; SELECT 'made';"))
                    .isEqualTo("made");
            // An unknown role is looked for at most every three seconds, since anybody can name one.
            eventually(() -> {
                try (var late = scene.psql("late", "late", "railway")) {
                    assertThat(late.ask("SELECT current_user;")).isEqualTo("late");
                }
            });
        }
    }

    @Test
    void letsTheFirstLoginEverWakeTheDatabase() throws Exception {
        wake();
        scene.awaitAsleep();
        scene.killProxy();
        forgetRoles();
        scene.startProxyAgain();
        long starts = scene.starts();

        wake();

        assertThat(scene.starts()).isEqualTo(starts + 1);
    }

    private static void forgetRoles() throws IOException {
        try (Stream<Path> files = Files.list(scene.state)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void servesOnAndPutsNothingToSleepWhileRailwayCannotBeReached() {
        wake();
        scene.api.cut();
        try (var psql = scene.psql()) {
            scene.awaitLog("Railway says");
            assertThat(psql.ask("SELECT 'served';")).isEqualTo("served");
            assertThat(scene.database.state()).isEqualTo("SUCCESS/RUNNING");
        } finally {
            scene.api.mend();
        }
        scene.awaitAsleep();
    }

    @Test
    void wakesForAWaitingClientWhenRailwayCanBeReachedAgain() {
        wake();
        scene.awaitAsleep();
        scene.api.cut();
        try (var psql = scene.psql()) {
            var mended = Thread.ofVirtual().start(() -> {
                scene.awaitLog("waking");
                scene.api.mend();
            });
            assertThat(psql.ask("SELECT 'woken';")).isEqualTo("woken");
            assertThat(mended.isAlive()).isFalse();
        } finally {
            scene.api.mend();
        }
    }

    @Test
    void goesOnWithANewTokenWhenTheOldOneIsRevoked() throws Exception {
        wake();
        scene.awaitAsleep();
        scene.revokeToken();
        try (var psql = scene.psql()) {
            assertThat(psql.type("SELECT count(*) FROM pg_class;"))
                    .anySatisfy(line -> assertThat(line).contains("did not wake up"));
            scene.awaitLog("No database can be woken or put to sleep until there is a valid token");
            assertThat(psql.isOpen()).isTrue();
            scene.replaceToken();
            assertThat(psql.ask("SELECT 'woken';")).isEqualTo("woken");
        }
        assertThat(scene.log()).doesNotContain(Files.readString(folder.resolve("token")));
    }

    @Test
    void keepsTheVerifiersForItselfAndSaysNoSecret() throws Exception {
        wake();
        var kept = scene.state.resolve("main.roles.json");

        assertThat(Files.readString(kept)).contains("SCRAM-SHA-256$");
        assertThat(Files.getPosixFilePermissions(kept))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(scene.log())
                .doesNotContain("SCRAM-SHA-256$")
                .doesNotContain("p@ss")
                .doesNotContain("p%40ss");
    }

    private static void wake() {
        try (var psql = scene.psql()) {
            assertThat(psql.ask("SELECT count(*) > 0 FROM pg_class;")).isEqualTo("t");
        }
        scene.awaitAwake();
    }
}
