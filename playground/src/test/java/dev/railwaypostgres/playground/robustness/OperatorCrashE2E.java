package dev.railwaypostgres.playground.robustness;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.run.PlaygroundExtension;
import dev.railwaypostgres.playground.run.Stage;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The operator is killed at the worst moments: when Railway has done what it was asked for, and before the answer has come. Its successor
 * finds what there is and goes on.
 */
@ExtendWith(PlaygroundExtension.class)
class OperatorCrashE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void makesNothingTwiceWhenItDiesAfterEachStepOfMaking(Stage stage) throws SQLException {
        var deaths = DeadlyCalls.of(stage, "serviceCreate", "volumeCreate", "environmentPatchCommit");
        declare(stage, "born");
        deaths.awaitAll();
        stage.kubectl("wait", "--for=condition=Ready", "sdb/born", "--timeout=150s");

        try (var connection = JdbcAddress.of(stage.uri("born")).connect()) {
            assertThat(Sql.ask(connection, "SELECT 'here'")).isEqualTo("here");
        }
        assertOneOfEach(stage, "born");
        stage.kubectl("delete", "sdb/born", "--timeout=60s");
    }

    @ParameterizedTest
    @CsvSource({
        "begun, checkpoint starting: immediate force wait",
        "fenced, received smart shutdown request",
        "ended, database system is shut down"
    })
    void fallsAsleepWhenItDiesAfterEachStepOfSuspending(String step, String lastWords, Stage stage) throws Exception {
        var name = "dozing-" + step;
        stage.createDatabase(name, "{suspend: {afterIdle: 1s}}");
        var log = stage.log(name);
        try (var history = PhaseHistory.follow(stage, name)) {
            awaitWords(log, lastWords);
            stage.playground().operator().kill();
            stage.playground().operator().restart();
            history.await(PATIENCE, Phase.SUSPENDED);
            assertThat(history.times(Phase.SUSPENDED)).isOne();
        }
        eventually(
                () -> assertThat(stage.service(name).map(ServiceStatus::status)).contains("STOPPED"));
        try (var connection = JdbcAddress.of(stage.uri(name)).connect()) {
            assertThat(Sql.ask(connection, "SELECT 'awake'")).isEqualTo("awake");
        }
        assertOneOfEach(stage, name);
    }

    @Test
    void servesClientsThatWaitForAWakeInWhichItDies(Stage stage) {
        stage.createDatabase("sleeper", "{suspend: {afterIdle: 1s}}");
        try (var history = PhaseHistory.follow(stage, "sleeper")) {
            history.await(PATIENCE, Phase.SUSPENDED);
            var deaths = DeadlyCalls.of(stage, "serviceInstanceDeployV2");
            var answer = askAside(stage, "sleeper");
            deaths.awaitAll();

            assertThat(answer.join()).isEqualTo("answered");
            history.await(PATIENCE, Phase.ACTIVE);
        }
        assertOneOfEach(stage, "sleeper");
    }

    @Test
    void wakesForClientsThatCameWhileItWasNotThere(Stage stage) {
        stage.createDatabase("patient", "{suspend: {afterIdle: 1s}}");
        try (var history = PhaseHistory.follow(stage, "patient")) {
            history.await(PATIENCE, Phase.SUSPENDED);
        }
        stage.playground().operator().kill();
        var answer = askAside(stage, "patient");
        assertThat(answer.isDone()).isFalse();
        stage.playground().operator().restart();

        assertThat(answer.join()).isEqualTo("answered");
    }

    @Test
    void leavesNothingBehindWhenItDiesAfterEachStepOfDeleting(Stage stage) {
        stage.createDatabase("doomed", "{suspend: {afterIdle: 0s}}");
        var railway = RailwayView.of(stage);
        var volume = railway.volumes("doomed").getFirst();
        var deaths = DeadlyCalls.of(stage, "tcpProxyDelete", "volumeDelete", "serviceDelete");
        stage.kubectl("delete", "sdb/doomed", "--wait=false");
        deaths.awaitAll();
        stage.kubectl("wait", "--for=delete", "sdb/doomed", "--timeout=90s");

        assertThat(railway.services("doomed")).isEmpty();
        assertThat(railway.volumes()).extracting(RailwayView.Volume::id).doesNotContain(volume.id());
    }

    /** Impatiently: the next step follows within a few milliseconds. */
    private static void awaitWords(Path log, String words) throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains(words)) {
            assertThat(System.nanoTime()).as("Nobody says " + words).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void declare(Stage stage, String name) {
        stage.apply("""
                apiVersion: railway-postgres.dev/v1alpha1
                kind: ServerlessDatabase
                metadata: {name: %s}
                spec: {suspend: {afterIdle: 0s}}
                """.formatted(name));
    }

    private static CompletableFuture<String> askAside(Stage stage, String database) {
        var address = JdbcAddress.of(stage.uri(database));
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var connection = address.connect()) {
                        return Sql.ask(connection, "SELECT 'answered'");
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private static void assertOneOfEach(Stage stage, String database) {
        var railway = RailwayView.of(stage);
        assertThat(railway.services(database)).hasSize(1);
        var service = railway.services(database).getFirst();
        assertThat(railway.volumes(database)).hasSize(1);
        assertThat(railway.addresses(service)).isOne();
        assertThat(railway.volumes())
                .as("volumes that belong to nobody")
                .filteredOn(volume -> volume.serviceId().isEmpty())
                .isEmpty();
    }
}
