package dev.railwaypostgres.playground.simulator.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessAndFaultsIT {
    private static final String REGIONS = "{ regions { name } }";
    private static final String NEW_SERVICE = "mutation($i: ServiceCreateInput!) { serviceCreate(input: $i) { id } }";

    private RailwaySimulator simulator;
    private RailwaySimulator.ProjectIds ids;
    private Api api;

    @BeforeEach
    void start(@TempDir Path folder) {
        simulator = RailwaySimulator.start(new SimulatorConfig(folder, 0, Duration.ZERO, List.of()));
        ids = simulator.project("test");
        api = Api.workspace(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void refusesAnUnknownTokenWithStatus200() {
        var stranger = new Api(simulator.url(), "Authorization", "Bearer nobody");
        assertThat(stranger.send(REGIONS, Api.variables()).statusCode()).isEqualTo(200);
        assertThat(stranger.refusal(REGIONS, Api.variables())).isEqualTo("Not Authorized");
    }

    @Test
    void refusesARevokedToken() {
        var token = simulator.createProjectToken(ids);
        var project = new Api(simulator.url(), "Project-Access-Token", token);
        project.ask(REGIONS, Api.variables());
        simulator.revokeToken(token);
        assertThat(project.refusal(REGIONS, Api.variables())).isEqualTo("Project Token not found");
    }

    @Test
    void tellsTokensWhatTheyAreFor() {
        var project = new Api(simulator.url(), "Project-Access-Token", simulator.createProjectToken(ids));
        var answer = project.ask("{ projectToken { projectId environmentId } }", Api.variables());
        assertThat(answer.at("/projectToken/environmentId").asText()).isEqualTo(ids.environmentId());
        assertThat(api.ask("{ apiToken { workspaces { id } } }", Api.variables())
                        .at("/apiToken/workspaces/0/id")
                        .asText())
                .isEqualTo(ids.workspaceId());
    }

    @Test
    void doesNotTakeAProjectTokenAsABearer() {
        var wrong = new Api(simulator.url(), "Authorization", "Bearer " + simulator.createProjectToken(ids));
        assertThat(wrong.refusal(REGIONS, Api.variables())).isEqualTo("Not Authorized");
    }

    @Test
    void confinesAProjectTokenToItsEnvironment() {
        var project = new Api(simulator.url(), "Project-Access-Token", simulator.createProjectToken(ids));
        var other = simulator.project("other");
        var query = "query($id: String!) { environment(id: $id) { id } }";
        project.ask(query, Api.variables().put("id", ids.environmentId()));
        assertThat(project.refusal(query, Api.variables().put("id", other.environmentId())))
                .isEqualTo("Not Authorized");
        var input = Api.variables();
        input.putObject("i").put("projectId", ids.projectId()).put("name", "no");
        assertThat(project.refusal(
                        "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }", input))
                .isEqualTo("Not Authorized");
    }

    @Test
    void refusesWhatTheSchemaDoesNotKnow() {
        var answer = api.answer("{ regions { nane } }", Api.variables());
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
    }

    @Test
    void limitsCallsByTheHourAndSaysSoInHeaders() {
        simulator.quirks().callsPerHour(2);
        simulator.resetRateLimit();
        var first = api.send(REGIONS, Api.variables());
        assertThat(first.headers().firstValue("X-RateLimit-Limit")).contains("2");
        assertThat(first.headers().firstValue("X-RateLimit-Remaining")).contains("1");
        assertThat(first.headers().firstValue("Retry-After")).isEmpty();
        api.send(REGIONS, Api.variables());
        var third = api.send(REGIONS, Api.variables());
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void canCarryOutWhatItAnswersWithATimeout() {
        simulator.faults().next("serviceCreate", Fault.gatewayTimeoutButDone());
        assertThat(api.send(NEW_SERVICE, service("done")).statusCode()).isEqualTo(504);
        assertThat(simulator.services()).hasSize(1);
    }

    @Test
    void canFailBeforeAnythingIsDone() {
        simulator.faults().next("serviceCreate", new Fault.Status(503, false));
        assertThat(api.send(NEW_SERVICE, service("not-done")).statusCode()).isEqualTo(503);
        simulator.faults().next("serviceCreate", new Fault.Refusal("Problem processing request"));
        assertThat(api.refusal(NEW_SERVICE, service("not-done"))).isEqualTo("Problem processing request");
        assertThat(simulator.services()).isEmpty();
    }

    @Test
    void canLeaveACallWithoutAnAnswer() {
        simulator.faults().next("regions", new Fault.Hangs(false));
        assertThat(failure(() -> api.send(REGIONS, Api.variables(), Duration.ofMillis(300))))
                .isTrue();
        assertThat(api.send(REGIONS, Api.variables()).statusCode()).isEqualTo(200);
    }

    @Test
    void countsCallsByOperation() {
        api.ask("{ a: regions { name } b: apiToken { workspaces { id } } }", Api.variables());
        api.ask(REGIONS, Api.variables());
        assertThat(simulator.counters().of("regions")).isEqualTo(2);
        assertThat(simulator.counters().of("apiToken")).isEqualTo(1);
        assertThat(simulator.counters().of("serviceCreate")).isZero();
        assertThat(simulator.counters().total()).isEqualTo(3);
    }

    private static boolean failure(Runnable call) {
        try {
            call.run();
            return false;
        } catch (AssertionError _) {
            return true;
        }
    }

    private ObjectNode service(String name) {
        var variables = Api.variables();
        variables
                .putObject("i")
                .put("projectId", ids.projectId())
                .put("environmentId", ids.environmentId())
                .put("name", name);
        return variables;
    }
}
