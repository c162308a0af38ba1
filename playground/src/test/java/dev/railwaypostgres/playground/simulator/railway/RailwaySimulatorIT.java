package dev.railwaypostgres.playground.simulator.railway;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RailwaySimulatorIT {
    static final ComputeImage IMAGE =
            new ComputeImage(Path.of("../compute/entrypoint.sh").toAbsolutePath(), PostgresBinaries.standard(_ -> {}));

    private RailwaySimulator simulator;
    private RailwaySimulator.ProjectIds ids;
    private Api api;

    @BeforeEach
    void start(@TempDir Path folder) {
        simulator = RailwaySimulator.start(new SimulatorConfig(folder, 0, Duration.ZERO, List.of(IMAGE)));
        ids = simulator.project("test");
        api = Api.workspace(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void runsADatabaseThatSleepsAndWakesAtTheSameAddress() throws SQLException {
        var database = ADatabase.create(api, ids, "orders");
        try (var connection = database.login();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        assertThat(database.state()).isEqualTo("SUCCESS/RUNNING");
        var port = database.port();

        database.stop();
        eventually(() -> assertThat(database.state()).isEqualTo("SUCCESS*/STOPPED"));
        assertThatThrownBy(database::tryLogin).isInstanceOf(IllegalStateException.class);

        var deployment = database.deploy();
        assertThat(database.deploymentId()).isEqualTo(deployment);
        try (var connection = database.login();
                var rows = connection.createStatement().executeQuery("SELECT answer FROM kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
        assertThat(database.port()).isEqualTo(port);
    }

    @Test
    void crashesWhenADatabaseIsDeployedBeforeItsVolume() {
        var serviceId = ADatabase.createService(api, ids, "hasty");
        var database = new ADatabase(api, ids.environmentId(), serviceId, "");
        var patch = Api.variables();
        var service = patch.putObject("services").putObject(serviceId);
        service.putObject("source").put("image", "railway-postgres/compute:17");
        service.set("variables", ADatabase.settings());
        database.patch(patch);
        eventually(() -> assertThat(database.state()).isEqualTo("CRASHED/CRASHED"));
    }

    @Test
    void stopsAtTheFenceWithoutBeingAsked() throws SQLException {
        var database = ADatabase.create(api, ids, "fenced");
        try (var admin = database.login("postgres");
                var statement = admin.createStatement()) {
            statement.execute("COPY (SELECT 1 WHERE false) TO PROGRAM 'kill -TERM \"$(head -n 1 postmaster.pid)\"'");
        }
        eventually(() -> assertThat(database.state()).isEqualTo("SUCCESS*/EXITED"));
    }

    @Test
    void endsWithItsServicesWhileClientsAreConnected(@TempDir Path folder) throws SQLException {
        var other = RailwaySimulator.start(new SimulatorConfig(folder, 0, Duration.ZERO, List.of(IMAGE)));
        var database = ADatabase.create(Api.workspace(other), other.project("test"), "busy");
        try (var connection = database.login()) {
            assertThat(connection.isValid(5)).isTrue();
            other.close();
            assertThat(connection.isValid(5)).isFalse();
        }
        assertThat(folder.resolve("logs/busy.log"))
                .content()
                .contains("database system is shut down")
                .doesNotContain("fast shutdown");
    }
}
