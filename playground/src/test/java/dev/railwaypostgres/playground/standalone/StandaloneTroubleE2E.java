package dev.railwaypostgres.playground.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that are not as they should be, and settings that cannot be. */
class StandaloneTroubleE2E {
    @TempDir
    private Path folder;

    @Test
    void keepsAServiceDownThatRailwayWouldStartAgainWheneverItEnds() {
        try (var scene = new Scene(folder, "ALWAYS")) {
            try (var psql = scene.psql()) {
                assertThat(psql.ask("SELECT count(*) > 0 FROM pg_class;")).isEqualTo("t");
                scene.awaitAsleep();
                assertThat(psql.ask("SELECT count(*) > 0 FROM pg_class;")).isEqualTo("t");
            }
        }
    }

    @Test
    void saysThatTheServiceIsGoneAndKeepsItsClients() {
        try (var scene = new Scene(folder, "ON_FAILURE")) {
            try (var psql = scene.psql()) {
                assertThat(psql.ask("SELECT count(*) > 0 FROM pg_class;")).isEqualTo("t");
                scene.awaitAsleep();
                scene.database.delete();

                assertThat(psql.type("SELECT count(*) FROM pg_class;"))
                        .anySatisfy(line -> assertThat(line).contains("did not wake up"));

                assertThat(psql.isOpen()).isTrue();
                scene.awaitLog("Was the service deleted, or renamed?");
            }
        }
    }

    @Test
    void tellsAllThatIsWrongWithTheSettingsAndEnds() throws Exception {
        var settings = Files.writeString(folder.resolve("settings.yaml"), """
                listenPort: any
                railway: {token: 5d3f}
                databases:
                  - {name: main, service: Postgres, admin: {env: MISSING}, suspend: {afterIdl: 5m}}
                """);

        assertEndsWithWrongSettings("proxy", Map.of("SETTINGS_FILE", settings.toString()), """
                Wrong settings:
                settings.yaml:1: listenPort=any is wrong: Port for clients; 0 takes any free one.
                settings.yaml:4: databases[0].admin: the variable MISSING is empty or not set
                settings.yaml:4: databases[0].suspend.afterIdl: there is no such setting
                settings.yaml:2: railway.token: is a secret and does not belong in here: write {env: VARIABLE} or {file: PATH}
                """);
    }

    @Test
    void takesTheSettingsFromAVariableToo() throws Exception {
        assertEndsWithWrongSettings("proxy", Map.of("SETTINGS", "databases: []"), """
                Wrong settings:
                SETTINGS:1: there are no databases
                SETTINGS:1: railway.token: is not set: Railway token, by reference. Of a file it is read anew when Railway refuses the one before.
                """);
    }

    @Test
    void startsTheOperatorFromItsImageToo() throws Exception {
        assertEndsWithWrongSettings("operator", Map.of(), "Wrong settings:\n");
    }

    private void assertEndsWithWrongSettings(String program, Map<String, String> environment, String expected)
            throws IOException, InterruptedException {
        try (var nursery = new ProcessNursery()) {
            var process =
                    nursery.start(ImageFolder.of(program).start(environment).redirectErrorStream(true));
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(said.replace(folder + "/", ""))
                    .contains(expected.strip())
                    .doesNotContain("5d3f");
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
        }
    }
}
