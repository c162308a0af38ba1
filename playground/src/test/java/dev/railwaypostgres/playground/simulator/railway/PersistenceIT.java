package dev.railwaypostgres.playground.simulator.railway;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceIT {
    @TempDir
    private Path folder;

    @Test
    void leavesNoProcessBehindWhenItIsKilledAndGoesOnWhereItWas() throws Exception {
        var killed = SimulatorProcess.start(folder);
        var database = ADatabase.create(killed.api(), killed.ids(), "orders");
        try (var connection = database.login();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        var port = database.port();
        var deployment = database.deploymentId();
        var children = killed.process().descendants().toList();
        assertThat(children).isNotEmpty();

        killed.process().destroyForcibly().waitFor();

        eventually(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
        try (var simulator = start()) {
            var api = new Api(simulator.url(), "Authorization", killed.api().token());
            var again = new ADatabase(api, database.environmentId(), database.serviceId(), database.volumeId());
            assertThat(again.port()).isEqualTo(port);
            try (var connection = again.login()) {
                assertThat(ACompute.query(connection, "SELECT answer FROM kept"))
                        .isEqualTo("42");
            }
            assertThat(again.deploymentId()).isEqualTo(deployment);
        }
    }

    @Test
    void leavesAsleepWhatWasAsleep() {
        String serviceId;
        try (var simulator = start()) {
            var service = AService.running(
                    Api.workspace(simulator), simulator.project("test"), "asleep", AService.WELL_BEHAVED);
            eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
            service.stop();
            eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS*/STOPPED"));
            serviceId = service.serviceId();
        }
        try (var simulator = start()) {
            var environment = simulator.project("test").environmentId();
            var service = new ADatabase(Api.workspace(simulator), environment, serviceId, "");
            assertThat(service.state()).isEqualTo("SUCCESS*/STOPPED");
            assertThat(simulator.services())
                    .extracting(RailwaySimulator.ServiceStatus::status)
                    .containsExactly("STOPPED");
            service.deploy();
            eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        }
        try (var simulator = start()) {
            var environment = simulator.project("test").environmentId();
            var service = new ADatabase(Api.workspace(simulator), environment, serviceId, "");
            eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        }
    }

    private RailwaySimulator start() {
        return RailwaySimulator.start(
                new SimulatorConfig(folder, 0, Duration.ZERO, List.of(RailwaySimulatorIT.IMAGE, new ScriptImage())));
    }
}
