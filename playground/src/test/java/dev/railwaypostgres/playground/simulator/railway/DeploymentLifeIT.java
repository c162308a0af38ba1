package dev.railwaypostgres.playground.simulator.railway;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentLifeIT {
    private RailwaySimulator simulator;
    private RailwaySimulator.ProjectIds ids;
    private Api api;
    private Path folder;

    @BeforeEach
    void start(@TempDir Path folder) {
        this.folder = folder;
        simulator = RailwaySimulator.start(new SimulatorConfig(folder, 0, Duration.ZERO, List.of(new ScriptImage())));
        ids = simulator.project("test");
        api = Api.workspace(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void staysSuccessfulAfterItsProcessEndedWell() {
        var service = AService.running(api, ids, "ends", "exit 0");
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS*/EXITED"));
        assertThat(service.instance().path("activeDeployments")).isEmpty();
    }

    @Test
    void crashesAfterTenRestarts() throws Exception {
        var tries = folder.resolve("tries");
        var service = AService.running(api, ids, "crashes", "echo x >> " + tries + "; exit 3");
        eventually(() -> assertThat(service.state()).isEqualTo("CRASHED/CRASHED"));
        assertThat(Files.readAllLines(tries)).hasSize(11);
    }

    @Test
    void stopKeepsTheStatusAndFlipsTheFlag() {
        var service = AService.running(api, ids, "stops", AService.WELL_BEHAVED);
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        service.stop();
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS*/STOPPED"));
    }

    @Test
    void killsWhatDoesNotStopWithinTheDrainingTime() {
        var service = AService.running(api, ids, "stubborn", "trap '' TERM; while :; do sleep 1; done");
        var patch = Api.variables();
        patch.putObject("services")
                .putObject(service.serviceId())
                .putObject("deploy")
                .put("drainingSeconds", 0);
        service.patch(patch);
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        service.stop();
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS*/STOPPED"));
    }

    @Test
    void anotherDeploymentTakesThePlaceOfTheFirstOnlyWhenThatHasEnded() throws Exception {
        var story = folder.resolve("story");
        var script = "echo start >> $STORY; trap 'echo end >> $STORY; exit 0' TERM; " + AService.WAIT;
        var service = AService.running(api, ids, "twice", script.replace("$STORY", story.toString()));
        eventually(() -> assertThat(Files.readAllLines(story)).containsExactly("start"));
        var first = service.deploymentId();

        var second = service.deploy();

        eventually(() -> assertThat(Files.readAllLines(story)).containsExactly("start", "end", "start"));
        assertThat(service.deploymentId()).isEqualTo(second);
        assertThat(status(first)).isEqualTo("REMOVED");
    }

    @Test
    void ignoresStopOnRequestSoThatOneMustRemove() {
        var service = AService.running(api, ids, "deaf", AService.WELL_BEHAVED);
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        simulator.quirks().ignoresStop(true);
        service.stop();
        assertThat(service.state()).isEqualTo("SUCCESS/RUNNING");
        api.ask(
                "mutation($id: String!) { deploymentRemove(id: $id) }",
                Api.variables().put("id", service.deploymentId()));
        eventually(() -> assertThat(service.state()).isEqualTo("REMOVED/REMOVED"));
        simulator.quirks().hidesRemovedDeployments(true);
        assertThat(service.latest().isNull()).isTrue();
    }

    @Test
    void ignoresRemoveOnRequestSoThatOneMustCancel() {
        var service = AService.running(api, ids, "deafer", AService.WELL_BEHAVED);
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        simulator.quirks().ignoresRemove(true);
        var id = Api.variables().put("id", service.deploymentId());
        api.ask("mutation($id: String!) { deploymentRemove(id: $id) }", id);
        assertThat(service.state()).isEqualTo("SUCCESS/RUNNING");
        api.ask("mutation($id: String!) { deploymentCancel(id: $id) }", id);
        eventually(() -> assertThat(service.state()).isEqualTo("REMOVED/REMOVED"));
    }

    @Test
    void startsAStoppedServiceByItself() {
        var service = AService.running(api, ids, "moved", AService.WELL_BEHAVED);
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        service.stop();
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS*/STOPPED"));
        var before = service.deploymentId();
        simulator.redeployByPlatform(service.serviceId());
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        assertThat(service.deploymentId()).isNotEqualTo(before);
    }

    @Test
    void restartKeepsTheOldVariablesAndDeployTakesTheNewOnes() throws Exception {
        var seen = folder.resolve("seen");
        var script = "echo \"$WORD\" >> " + seen + "; " + AService.WELL_BEHAVED;
        var service = AService.running(api, ids, "words", script);
        eventually(() -> assertThat(Files.readAllLines(seen)).containsExactly(""));
        upsert(service, "WORD", "new", true);
        assertThat(service.state()).isEqualTo("SUCCESS/RUNNING");

        var id = service.deploymentId();
        api.ask(
                "mutation($id: String!) { deploymentRestart(id: $id) }",
                Api.variables().put("id", id));
        eventually(() -> assertThat(Files.readAllLines(seen)).containsExactly("", ""));
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        assertThat(service.deploymentId()).isEqualTo(id);

        service.deploy();
        eventually(() -> assertThat(Files.readAllLines(seen)).containsExactly("", "", "new"));
    }

    @Test
    void aVariableWithoutSkipDeploysWakesAStoppedService() {
        var service = AService.running(api, ids, "woken", AService.WELL_BEHAVED);
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        service.stop();
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS*/STOPPED"));
        upsert(service, "WORD", "quiet", true);
        assertThat(service.state()).isEqualTo("SUCCESS*/STOPPED");
        upsert(service, "WORD", "loud", false);
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
    }

    @Test
    void takesTheBootDelayToStart() {
        simulator.quirks().bootDelay(Duration.ofMillis(400));
        var asked = Instant.now();
        var service = AService.running(api, ids, "slow", AService.WELL_BEHAVED);
        assertThat(service.state()).isIn("QUEUED/CREATED", "INITIALIZING/CREATED", "DEPLOYING/INITIALIZING");
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void failsForAnImageThatDoesNotExist() {
        var service = AService.running(api, ids, "typo", "exit 0");
        var patch = Api.variables();
        patch.putObject("services")
                .putObject(service.serviceId())
                .putObject("source")
                .put("image", "no-such-image");
        service.patch(patch);
        eventually(() -> assertThat(service.state()).startsWith("FAILED"));
    }

    @Test
    void redeployNeedsAFinishedDeploymentThatWasNotRemoved() {
        simulator.quirks().bootDelay(Duration.ofSeconds(30));
        var service = AService.running(api, ids, "again", AService.WELL_BEHAVED);
        var redeploy = "mutation($id: String!) { deploymentRedeploy(id: $id) { id status } }";
        var id = Api.variables().put("id", service.deploymentId());
        assertThat(api.refusal(redeploy, id)).startsWith("Cannot redeploy yet");
        api.ask("mutation($id: String!) { deploymentCancel(id: $id) }", id);
        eventually(() -> assertThat(service.state()).isEqualTo("REMOVED/REMOVED"));
        assertThat(api.refusal(redeploy, id)).isEqualTo("Cannot redeploy without a snapshot");
    }

    private void upsert(ADatabase service, String name, String value, boolean skipDeploys) {
        var variables = Api.variables();
        var input = variables.putObject("i");
        input.put("projectId", ids.projectId()).put("environmentId", ids.environmentId());
        input.put("serviceId", service.serviceId()).put("skipDeploys", skipDeploys);
        input.putObject("variables").put(name, value);
        api.ask("mutation($i: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $i) }", variables);
    }

    private String status(String deploymentId) {
        return api.ask(
                        "query($id: String!) { deployment(id: $id) { status } }",
                        Api.variables().put("id", deploymentId))
                .at("/deployment/status")
                .asText();
    }
}
