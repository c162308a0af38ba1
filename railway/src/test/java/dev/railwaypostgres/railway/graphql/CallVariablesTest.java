package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.NewEnvironment;
import dev.railwaypostgres.railway.model.NewProject;
import dev.railwaypostgres.railway.model.NewService;
import dev.railwaypostgres.railway.model.NewVolume;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.ResourceLimits;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstanceUpdate;
import dev.railwaypostgres.railway.model.TcpProxyId;
import dev.railwaypostgres.railway.model.VariableUpsert;
import dev.railwaypostgres.railway.model.VolumeId;
import dev.railwaypostgres.railway.model.VolumeInstanceId;
import dev.railwaypostgres.railway.model.WorkflowId;
import dev.railwaypostgres.railway.model.WorkspaceId;
import dev.railwaypostgres.railway.patch.EnvironmentPatch;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client really sends with each call has to be what the schemas take: names, types and nulls. */
class CallVariablesTest {
    private static final ProjectId PROJECT = new ProjectId("project-1");
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env-1");
    private static final ServiceId SERVICE = new ServiceId("service-1");
    private static final VolumeId VOLUME = new VolumeId("volume-1");
    private static final DeploymentId DEPLOYMENT = new DeploymentId("deployment-1");

    private final RailwayServer server = new RailwayServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void fitTheSchema(Operation<?> operation, Consumer<RailwayClient> call) {
        server.fails("Invalid input");

        assertThatThrownBy(() -> call.accept(server.client())).hasMessageContaining("Invalid input");

        JsonNode variables = server.takeVariables();
        for (PublishedSchema schema : PublishedSchema.all()) {
            assertThatCode(() -> schema.checkVariables(operation, variables))
                    .as(schema + ": " + variables)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void wouldBeRefusedWithAnUnknownName() throws JsonProcessingException {
        JsonNode wrong = Json.MAPPER.readTree("{\"input\": {\"projectId\": \"p\", \"naem\": \"orders\"}}");

        for (PublishedSchema schema : PublishedSchema.all()) {
            assertThatThrownBy(() -> schema.checkVariables(Operations.CREATE_SERVICE, wrong))
                    .hasMessageContaining("naem");
        }
    }

    static Stream<Arguments> calls() {
        return Stream.concat(reads(), writes());
    }

    private static Stream<Arguments> reads() {
        return Stream.of(
                call(Operations.TOKEN_OF_WORKSPACE, RailwayClient::tokenScope),
                call(Operations.REGIONS, RailwayClient::regions),
                call(Operations.LIST_ENVIRONMENT, client -> client.environment(ENVIRONMENT)),
                call(Operations.READ_ENVIRONMENT_CONFIG, client -> client.environmentConfig(ENVIRONMENT)),
                call(Operations.LIST_ENVIRONMENTS, client -> client.environments(PROJECT)),
                call(Operations.READ_SERVICE, client -> client.service(ENVIRONMENT, SERVICE)),
                call(Operations.READ_DEPLOYMENT, client -> client.deployment(DEPLOYMENT)),
                call(Operations.LIST_TCP_PROXIES, client -> client.tcpProxies(ENVIRONMENT, SERVICE)),
                call(Operations.READ_VARIABLES, client -> client.variables(PROJECT, ENVIRONMENT, SERVICE)),
                call(Operations.READ_USAGE, client -> client.usage(PROJECT, Instant.EPOCH, Instant.EPOCH)),
                call(Operations.READ_WORKFLOW, client -> client.workflow(new WorkflowId("workflow-1"))));
    }

    private static Stream<Arguments> writes() {
        Map<String, String> variables = Map.of("PGPORT", "5432");
        return Stream.of(
                call(
                        Operations.CREATE_PROJECT,
                        client -> client.createProject(new NewProject("fleet", new WorkspaceId("w"), "base"))),
                call(
                        Operations.CREATE_ENVIRONMENT,
                        client -> client.createEnvironment(NewEnvironment.forkOf(ENVIRONMENT, PROJECT, "branch"))),
                call(
                        Operations.CREATE_SERVICE,
                        client -> client.createService(new NewService(PROJECT, ENVIRONMENT, "orders", variables))),
                call(
                        Operations.UPDATE_SERVICE,
                        client -> client.updateService(ENVIRONMENT, SERVICE, ServiceInstanceUpdate.image("postgres"))),
                call(
                        Operations.UPDATE_LIMITS,
                        client -> client.updateLimits(ENVIRONMENT, SERVICE, new ResourceLimits(0.5, 1_000_000_000))),
                call(
                        Operations.UPSERT_VARIABLES,
                        client -> client.upsertVariables(new VariableUpsert(PROJECT, ENVIRONMENT, SERVICE, variables))),
                call(
                        Operations.CREATE_VOLUME,
                        client -> client.createVolume(new NewVolume(PROJECT, ENVIRONMENT, SERVICE, "/data"))),
                call(Operations.BACK_UP_VOLUME, client -> client.backUpVolume(new VolumeInstanceId("vi-1"), "before")),
                call(Operations.CREATE_TCP_PROXY, client -> client.createTcpProxy(ENVIRONMENT, SERVICE, 5432)),
                call(
                        Operations.COMMIT_PATCH,
                        client -> client.commitPatch(
                                ENVIRONMENT,
                                EnvironmentPatch.empty().volume(VOLUME, volume -> volume.sizeMB(10_000)),
                                "Grow")),
                call(Operations.DEPLOY, client -> client.deploy(ENVIRONMENT, SERVICE)),
                call(Operations.STOP_DEPLOYMENT, client -> client.stop(DEPLOYMENT)),
                call(Operations.REMOVE_DEPLOYMENT, client -> client.remove(DEPLOYMENT)),
                call(Operations.CANCEL_DEPLOYMENT, client -> client.cancel(DEPLOYMENT)),
                call(Operations.RESTART_DEPLOYMENT, client -> client.restart(DEPLOYMENT)),
                call(Operations.DELETE_ENVIRONMENT, client -> client.deleteEnvironment(ENVIRONMENT)),
                call(Operations.DELETE_SERVICE, client -> client.deleteService(ENVIRONMENT, SERVICE)),
                call(Operations.DELETE_VOLUME, client -> client.deleteVolume(VOLUME)),
                call(Operations.DELETE_TCP_PROXY, client -> client.deleteTcpProxy(new TcpProxyId("proxy-1"))));
    }

    private static Arguments call(Operation<?> operation, Consumer<RailwayClient> call) {
        return Arguments.argumentSet(operation.name(), operation, call);
    }
}
