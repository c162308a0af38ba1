package dev.railwaypostgres.playground.simulator.railway;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiRulesIT {
    private static final String NEW_SERVICE =
            "mutation($i: ServiceCreateInput!) { serviceCreate(input: $i) { id name } }";
    private static final String NEW_VOLUME = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id name } }";
    private static final String NEW_ENVIRONMENT =
            "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id name sourceEnvironment { id } } }";
    private static final String PATCH =
            "mutation($e: String!, $p: EnvironmentConfig!) { environmentPatchCommit(environmentId: $e, patch: $p) }";
    private static final String LIST = """
            query($id: String!) { environment(id: $id) { id name configEtag unmergedChangesCount
              serviceInstances(first: 100) { pageInfo { hasNextPage } edges { node { serviceId serviceName deletedAt } } }
              volumeInstances(first: 100) { edges { node {
                id volumeId serviceId mountPath sizeMB currentSizeMB state region isPendingDeletion deletedAt } } } } }""";

    private RailwaySimulator simulator;
    private RailwaySimulator.ProjectIds ids;
    private Api api;

    @BeforeEach
    void start(@TempDir Path folder) {
        simulator = RailwaySimulator.start(new SimulatorConfig(folder, 0, Duration.ZERO, List.of(new ScriptImage())));
        ids = simulator.project("test");
        api = Api.workspace(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void showsNewThingsOnlyAfterTheLag() {
        simulator.quirks().creationLag(Duration.ofMillis(300));
        var service = ADatabase.createService(api, ids, "late");
        ADatabase.createVolume(api, ids, service);
        assertThat(services()).isEmpty();
        assertThat(volumes()).isEmpty();
        var database = new ADatabase(api, ids.environmentId(), service, "");
        assertThat(api.refusal(
                        "query($e: String!, $s: String!) { serviceInstance(environmentId: $e, serviceId: $s) { id } }",
                        database.place()))
                .isEqualTo("ServiceInstance not found");
        eventually(() -> assertThat(services()).hasSize(1));
        eventually(() -> assertThat(volumes()).hasSize(1));
    }

    @Test
    void refusesASecondServiceOfTheSameName() {
        ADatabase.createService(api, ids, "twin");
        assertThat(api.refusal(NEW_SERVICE, service("twin"))).contains("already exists in this project");
    }

    @Test
    void throttlesVolumes() {
        simulator.quirks().volumeInterval(Duration.ofMinutes(1));
        var service = ADatabase.createService(api, ids, "greedy");
        ADatabase.createVolume(api, ids, service);
        var answer = api.answer(NEW_VOLUME, ADatabase.volumeInput(ids, service));
        assertThat(answer.at("/errors/0/message").asText()).startsWith("Whoa there pal!");
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("INTERNAL_SERVER_ERROR");
        assertThat(answer.at("/errors/0/traceId").asText()).isNotEmpty();
        assertThat(answer.path("data").isNull()).isTrue();
    }

    @Test
    void holdsTheVolumeQuotaOfTheProject() {
        simulator.quirks().volumesPerProject(1);
        var volume = ADatabase.createVolume(api, ids, ADatabase.createService(api, ids, "first"));
        var second = ADatabase.volumeInput(ids, ADatabase.createService(api, ids, "second"));
        assertThat(api.answer(NEW_VOLUME, second)
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("PLAN_LIMIT");
        api.ask(
                "mutation($v: String!) { volumeDelete(volumeId: $v) }",
                Api.variables().put("v", volume));
        api.ask(NEW_VOLUME, second);
    }

    @Test
    void throttlesEnvironments() {
        simulator.quirks().environmentInterval(Duration.ofMinutes(1));
        fork("one");
        assertThat(api.refusal(NEW_ENVIRONMENT, environment("two"))).startsWith("Whoa there pal!");
    }

    @Test
    void keepsDeletedVolumesReadableAndTheirIdsForbidden() {
        var service = ADatabase.createService(api, ids, "gone");
        var volume = ADatabase.createVolume(api, ids, service);
        var deletion = Api.variables().put("v", volume);
        api.ask("mutation($v: String!) { volumeDelete(volumeId: $v) }", deletion);
        assertThat(volumes()).hasSize(1);
        assertThat(volumes().getFirst().path("isPendingDeletion").asBoolean()).isTrue();
        assertThat(volumes().getFirst().path("deletedAt").isNull()).isFalse();
        assertThat(api.refusal("mutation($v: String!) { volumeDelete(volumeId: $v) }", deletion))
                .isEqualTo("Not Authorized");
    }

    @Test
    void doesNotTakeAVolumeForAVolumeInstance() {
        var volume = ADatabase.createVolume(api, ids, ADatabase.createService(api, ids, "mixed-up"));
        assertThat(api.refusal(
                        "query($id: String!) { volumeInstance(id: $id) { id } }",
                        Api.variables().put("id", volume)))
                .isEqualTo("Not Authorized");
    }

    @Test
    void forbidsDeletedServices() {
        var id = ADatabase.createService(api, ids, "short-lived");
        var deletion = Api.variables().put("id", id).put("e", ids.environmentId());
        var drop = "mutation($id: String!, $e: String) { serviceDelete(id: $id, environmentId: $e) }";
        api.ask(drop, deletion);
        assertThat(services()).isEmpty();
        assertThat(api.refusal(drop, deletion)).isEqualTo("Not Authorized");
        simulator.quirks().showsDeletedServices(true);
        assertThat(services().getFirst().path("deletedAt").isNull()).isFalse();
    }

    @Test
    void actsOnAllEnvironmentsUnlessTheNamedOneIsAFork() {
        var fork = fork("branch");
        var everywhere = ADatabase.createService(api, ids, "everywhere");
        var onlyThere = api.ask(NEW_SERVICE, in(fork, "only-there"))
                .at("/serviceCreate/id")
                .asText();
        assertThat(names(ids.environmentId())).containsExactly("everywhere");
        assertThat(names(fork)).containsExactly("only-there");

        var drop = "mutation($id: String!, $e: String) { serviceDelete(id: $id, environmentId: $e) }";
        api.ask(drop, Api.variables().put("id", onlyThere).put("e", ids.environmentId()));
        assertThat(names(fork)).containsExactly("only-there");
        api.ask(drop, Api.variables().put("id", onlyThere).put("e", fork));
        api.ask(drop, Api.variables().put("id", everywhere).put("e", ids.environmentId()));
        assertThat(names(fork)).isEmpty();
        assertThat(names(ids.environmentId())).isEmpty();
    }

    @Test
    void copiesServicesAndSettingsIntoAForkButNoDeploymentWhenAskedSo() {
        var service = AService.running(api, ids, "copied", AService.WELL_BEHAVED);
        var fork = fork("copy");
        assertThat(names(fork)).containsExactly("copied");
        var copy = new ADatabase(api, fork, service.serviceId(), "");
        assertThat(copy.latest().isNull()).isTrue();
        copy.deploy();
        eventually(() -> assertThat(copy.state()).isEqualTo("SUCCESS/RUNNING"));
        api.ask(
                "mutation($id: String!) { environmentDelete(id: $id) }",
                Api.variables().put("id", fork));
        assertThat(api.refusal(LIST, Api.variables().put("id", fork))).isEqualTo("Not Authorized");
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
    }

    @Test
    void refusesUnknownKeysInAPatch() {
        var service = AService.running(api, ids, "typed", "exit 0");
        var patch = Api.variables();
        patch.putObject("services")
                .putObject(service.serviceId())
                .putObject("deploy")
                .put("drainingSecs", 5);
        assertThat(api.refusal(PATCH, service.patchVariables(patch)))
                .contains("Unrecognized key \"drainingSecs\" in patch.services." + service.serviceId() + ".deploy");
    }

    @Test
    void refusesValuesOfAnotherKindInAPatch() {
        var service = AService.running(api, ids, "typed", "exit 0");
        var patch = Api.variables();
        patch.putObject("services")
                .putObject(service.serviceId())
                .putObject("deploy")
                .put("drainingSeconds", "5");
        assertThat(api.refusal(PATCH, service.patchVariables(patch))).endsWith("drainingSeconds must be a number");
    }

    @Test
    void refusesToShrinkAVolumeAndUnknownRegions() {
        var service = ADatabase.createService(api, ids, "sized");
        var volume = ADatabase.createVolume(api, ids, service);
        assertThat(api.refusal(PATCH, volumePatch(volume, Api.variables().put("sizeMB", 10))))
                .contains("only be increased");
        assertThat(api.refusal(PATCH, volumePatch(volume, Api.variables().put("region", "moon"))))
                .isEqualTo("Invalid region: moon");
        api.ask(PATCH, volumePatch(volume, Api.variables().put("sizeMB", 20_000)));
        assertThat(volumes().getFirst().path("sizeMB").asInt()).isEqualTo(20_000);
    }

    @Test
    void nullInAPatchRemoves() {
        var service = AService.running(api, ids, "nulled", "exit 0");
        var patch = Api.variables();
        patch.putObject("services")
                .putObject(service.serviceId())
                .putObject("variables")
                .putNull("SCRIPT");
        service.patch(patch);
        var variables = Api.variables()
                .put("p", ids.projectId())
                .put("e", ids.environmentId())
                .put("s", service.serviceId());
        assertThat(api.ask(
                                "query($p: String!, $e: String!, $s: String) { variables(projectId: $p, environmentId: $e, serviceId: $s) }",
                                variables)
                        .path("variables"))
                .isEmpty();
    }

    @Test
    void deploysAtOnceWhenAServiceIsCreatedWithASource() {
        var input = service("hasty");
        ((ObjectNode) input.path("i")).putObject("source").put("image", "script");
        ((ObjectNode) input.path("i")).putObject("variables").put("SCRIPT", "exit 1");
        var id = api.ask(NEW_SERVICE, input).at("/serviceCreate/id").asText();
        var service = new ADatabase(api, ids.environmentId(), id, "");
        eventually(() -> assertThat(service.state()).isEqualTo("CRASHED/CRASHED"));
    }

    @Test
    void changesSettingsAndLimitsWithoutADeployment() {
        var service = AService.running(api, ids, "tuned", AService.WELL_BEHAVED);
        var deployment = service.deploymentId();
        var update = service.place();
        update.putObject("i").put("drainingSeconds", 7);
        api.ask(
                "mutation($s: String!, $e: String, $i: ServiceInstanceUpdateInput!) { serviceInstanceUpdate(serviceId: $s, environmentId: $e, input: $i) }",
                update);
        var limits = Api.variables();
        limits.putObject("i")
                .put("serviceId", service.serviceId())
                .put("environmentId", ids.environmentId())
                .put("vCPUs", 2)
                .put("memoryGB", 1.5);
        api.ask("mutation($i: ServiceInstanceLimitsUpdateInput!) { serviceInstanceLimitsUpdate(input: $i) }", limits);
        var override = api.ask(
                        "query($e: String!, $s: String!) { serviceInstanceLimitOverride(environmentId: $e, serviceId: $s) }",
                        service.place())
                .at("/serviceInstanceLimitOverride/containers");
        assertThat(override.path("cpu").asInt()).isEqualTo(2);
        assertThat(override.path("memoryBytes").asLong()).isEqualTo(1_500_000_000);
        assertThat(service.deploymentId()).isEqualTo(deployment);
    }

    @Test
    void givesPagesAsLongAsOneAsks() {
        for (var name : List.of("a", "b", "c")) {
            ADatabase.createService(api, ids, name);
        }
        var query = """
                query($id: String!, $a: String) { environment(id: $id) { serviceInstances(first: 2, after: $a) {
                  pageInfo { hasNextPage endCursor } edges { node { serviceName } } } } }""";
        var first =
                api.ask(query, Api.variables().put("id", ids.environmentId())).at("/environment/serviceInstances");
        assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        var cursor = first.at("/pageInfo/endCursor").asText();
        var second = api.ask(
                        query, Api.variables().put("id", ids.environmentId()).put("a", cursor))
                .at("/environment/serviceInstances");
        assertThat(second.at("/edges/0/node/serviceName").asText()).isEqualTo("c");
        assertThat(second.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
    }

    @Test
    void billsWhatRan() {
        var service = AService.running(api, ids, "billed", AService.WELL_BEHAVED);
        eventually(() -> assertThat(service.state()).isEqualTo("SUCCESS/RUNNING"));
        var query =
                "query($p: String!) { usage(projectId: $p, measurements: [CPU_USAGE, NETWORK_TX_GB], groupBy: [SERVICE_ID]) { measurement value tags { serviceId } } }";
        eventually(() -> assertThat(api.ask(query, Api.variables().put("p", ids.projectId()))
                        .at("/usage/0/value")
                        .asDouble())
                .isPositive());
    }

    @Test
    void makesBackupsWhoseWorkflowEnds() {
        ADatabase.createVolume(api, ids, ADatabase.createService(api, ids, "backed-up"));
        var disk = Api.variables().put("v", volumes().getFirst().path("id").asText());
        var workflow = api.ask(
                        "mutation($v: String!) { volumeInstanceBackupCreate(volumeInstanceId: $v, name: \"n\") { workflowId } }",
                        disk)
                .at("/volumeInstanceBackupCreate/workflowId")
                .asText();
        var status = api.ask(
                "query($id: String!) { workflowStatus(workflowId: $id) { status error } }",
                Api.variables().put("id", workflow));
        assertThat(status.at("/workflowStatus/status").asText()).isEqualTo("Complete");
    }

    private String fork(String name) {
        return api.ask(NEW_ENVIRONMENT, environment(name))
                .at("/environmentCreate/id")
                .asText();
    }

    private ObjectNode environment(String name) {
        var variables = Api.variables();
        variables
                .putObject("i")
                .put("projectId", ids.projectId())
                .put("name", name)
                .put("sourceEnvironmentId", ids.environmentId())
                .put("skipInitialDeploys", true);
        return variables;
    }

    private ObjectNode service(String name) {
        return in(ids.environmentId(), name);
    }

    private ObjectNode in(String environmentId, String name) {
        var variables = Api.variables();
        variables
                .putObject("i")
                .put("projectId", ids.projectId())
                .put("environmentId", environmentId)
                .put("name", name);
        return variables;
    }

    private ObjectNode volumePatch(String volume, ObjectNode settings) {
        var variables = Api.variables().put("e", ids.environmentId());
        variables.putObject("p").putObject("volumes").set(volume, settings);
        return variables;
    }

    private List<String> names(String environmentId) {
        return nodes(environmentId, "serviceInstances").stream()
                .map(node -> node.path("serviceName").asText())
                .toList();
    }

    private List<JsonNode> services() {
        return nodes(ids.environmentId(), "serviceInstances");
    }

    private List<JsonNode> volumes() {
        return nodes(ids.environmentId(), "volumeInstances");
    }

    private List<JsonNode> nodes(String environmentId, String list) {
        return api.ask(LIST, Api.variables().put("id", environmentId))
                .path("environment")
                .path(list)
                .path("edges")
                .valueStream()
                .map(edge -> edge.path("node"))
                .toList();
    }
}
