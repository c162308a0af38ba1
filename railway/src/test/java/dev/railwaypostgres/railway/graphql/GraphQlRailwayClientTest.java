package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.DeploymentStatus;
import dev.railwaypostgres.railway.model.EnvironmentConfig;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.EnvironmentListing;
import dev.railwaypostgres.railway.model.EnvironmentSummary;
import dev.railwaypostgres.railway.model.Measurement;
import dev.railwaypostgres.railway.model.NewEnvironment;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.ResourceLimits;
import dev.railwaypostgres.railway.model.ServiceConfig;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstance;
import dev.railwaypostgres.railway.model.TcpProxy;
import dev.railwaypostgres.railway.model.TokenScope;
import dev.railwaypostgres.railway.model.Usage;
import dev.railwaypostgres.railway.model.VariableUpsert;
import dev.railwaypostgres.railway.model.VolumeConfig;
import dev.railwaypostgres.railway.model.VolumeId;
import dev.railwaypostgres.railway.model.VolumeInstance;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import okhttp3.Headers;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphQlRailwayClientTest {
    private static final ProjectId PROJECT = new ProjectId("project-1");
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env-1");
    private static final ServiceId SERVICE = new ServiceId("service-1");

    private final RailwayServer server = new RailwayServer();
    private final RailwayClient client = server.client();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCOUNT", "WORKSPACE"})
    void showsATokenOfAPersonOrAWorkspaceAsBearer(RailwayToken.Kind kind) {
        server.answers("{\"regions\":[]}").client(kind).regions();

        Headers headers = server.takeRequest().getHeaders();
        assertThat(headers.get("Authorization")).isEqualTo("Bearer " + RailwayServer.TOKEN);
        assertThat(headers.get("Project-Access-Token")).isNull();
    }

    @Test
    void showsATokenOfAProjectInItsOwnHeader() {
        server.answers("{\"regions\":[]}").client(RailwayToken.Kind.PROJECT).regions();

        Headers headers = server.takeRequest().getHeaders();
        assertThat(headers.get("Project-Access-Token")).isEqualTo(RailwayServer.TOKEN);
        assertThat(headers.get("Authorization")).isNull();
    }

    @Test
    void asksAWorkspaceTokenForItsWorkspaces() {
        server.answers("{\"apiToken\":{\"workspaces\":[{\"id\":\"w\",\"name\":\"Team\"}]}}");

        assertThat(client.tokenScope())
                .isInstanceOfSatisfying(
                        TokenScope.Workspaces.class,
                        scope -> assertThat(scope.workspaces())
                                .extracting(TokenScope.Workspace::name)
                                .containsExactly("Team"));
    }

    @Test
    void asksAProjectTokenForItsEnvironment() {
        server.answers("{\"projectToken\":{\"projectId\":\"project-1\",\"environmentId\":\"env-1\"}}");

        assertThat(server.client(RailwayToken.Kind.PROJECT).tokenScope())
                .isEqualTo(new TokenScope.OneEnvironment(PROJECT, ENVIRONMENT));
    }

    @Test
    void knowsThatATokenIsNoGoodWhenItMayNotEvenAskForItself() {
        server.fails("Not Authorized");

        assertThatExceptionOfType(RailwayException.TokenRefused.class).isThrownBy(client::tokenScope);
    }

    @Test
    void listsAnEnvironmentInOneCall() {
        server.answers(Listings.page(
                Listings.service("service-1", "orders"), false, Listings.volume("volume-1", "service-1"), false));

        EnvironmentListing listing = client.environment(ENVIRONMENT);

        assertThat(listing.serviceNamed("orders"))
                .map(ServiceInstance::latestDeployment)
                .hasValueSatisfying(deployment -> {
                    assertThat(deployment.isRunning()).isTrue();
                    assertThat(deployment.statusUpdatedAt()).isEqualTo(Instant.parse("2026-11-24T03:00:00.123Z"));
                });
        assertThat(listing.volumeOf(SERVICE)).map(VolumeInstance::volumeId).contains(new VolumeId("volume-1"));
        assertThat(server.requestCount()).isEqualTo(1);
    }

    @Test
    void goesOnUntilBothListsHaveEnded() {
        server.answers(Listings.page(Listings.service("s1", "one"), true, Listings.volume("v1", "s1"), false))
                .answers(Listings.page(Listings.service("s2", "two"), true, "", false))
                .answers(Listings.page(Listings.service("s3", "three"), false, "", false));

        EnvironmentListing listing = client.environment(ENVIRONMENT);

        assertThat(listing.services()).extracting(ServiceInstance::name).containsExactly("one", "two", "three");
        assertThat(listing.volumes()).hasSize(1);
        assertThat(server.takeVariables().has("servicesAfter")).isFalse();
        assertThat(server.takeVariables().path("servicesAfter").asText()).isEqualTo("s-end");
    }

    @Test
    void keepsTheLastCursorOfAListThatHasEnded() {
        String emptyPageWithoutCursor =
                Listings.page(Listings.service("s2", "two"), true, "", false).replace("\"v-end\"", "null");
        server.answers(Listings.page(Listings.service("s1", "one"), true, Listings.volume("v1", "s1"), false))
                .answers(emptyPageWithoutCursor)
                .answers(Listings.page(Listings.service("s3", "three"), false, "", false));

        client.environment(ENVIRONMENT);

        assertThat(server.takeVariables().has("volumesAfter")).isFalse();
        assertThat(server.takeVariables().path("volumesAfter").asText()).isEqualTo("v-end");
        assertThat(server.takeVariables().path("volumesAfter").asText()).isEqualTo("v-end");
    }

    @Test
    void readsAStatusThatRailwayAddedAsUnknown() {
        server.answers("""
                {"deployment": {"id": "d", "status": "HIBERNATING", "deploymentStopped": false,
                  "statusUpdatedAt": null, "instances": [{"id": "i", "status": "DREAMING"}], "mood": "fine"}}""");

        Deployment deployment = client.deployment(new DeploymentId("d"));

        assertThat(deployment.status()).isEqualTo(DeploymentStatus.UNKNOWN);
        assertThat(deployment.isRunning()).isFalse();
        assertThat(deployment.hasEnded()).isFalse();
    }

    @Test
    void dropsTheDotAtTheEndOfADomain() {
        server.answers("""
                {"tcpProxies": [{"id": "p", "domain": "roundhouse.proxy.rlwy.net.", "proxyPort": 31234,
                  "applicationPort": 5432, "syncStatus": "ACTIVE", "deletedAt": null}]}""");

        TcpProxy proxy = client.tcpProxies(ENVIRONMENT, SERVICE).getFirst();

        assertThat(proxy.domain()).isEqualTo("roundhouse.proxy.rlwy.net");
        assertThat(proxy.isActive()).isTrue();
    }

    @Test
    void readsTheSettingsOfAnEnvironment() {
        server.answers("""
                {"environment": {"config": {
                  "services": {"service-1": {
                    "source": {"image": "postgres:17"},
                    "variables": {"PGPORT": {"value": "*****"}, "GONE": null},
                    "deploy": {"multiRegionConfig": {"us-west2": null, "europe-west4-drams3a": {"numReplicas": 1}},
                      "limitOverride": {"containers": {"cpu": 0.5, "memoryBytes": 1000000000}}},
                    "networking": {"tcpProxies": {"5432": {}}},
                    "volumeMounts": {"volume-1": {"mountPath": "/data"}}}, "service-2": {}, "service-3": null},
                  "volumes": {"volume-1": {"sizeMB": 10000}}}}}""");

        EnvironmentConfig config = client.environmentConfig(ENVIRONMENT);

        assertThat(config.services()).containsOnlyKeys(SERVICE, new ServiceId("service-2"));
        assertThat(config.services().get(SERVICE))
                .isEqualTo(new ServiceConfig(
                        "postgres:17",
                        Set.of("europe-west4-drams3a"),
                        new ResourceLimits(0.5, 1_000_000_000),
                        Set.of("PGPORT"),
                        Set.of(5432),
                        Map.of(new VolumeId("volume-1"), "/data")));
        assertThat(config.volumes()).containsEntry(new VolumeId("volume-1"), new VolumeConfig(10_000, null));
    }

    @Test
    void leavesDeletedEnvironmentsOut() {
        server.answers("""
                {"environments": {"pageInfo": {"hasNextPage": false, "endCursor": null}, "edges": [
                  {"node": {"id": "e1", "name": "base", "isEphemeral": false, "deletedAt": null}},
                  {"node": {"id": "e2", "name": "old", "isEphemeral": true, "deletedAt": "2026-11-01T00:00:00Z"}}]}}""");

        assertThat(client.environments(PROJECT))
                .extracting(EnvironmentSummary::name)
                .containsExactly("base");
    }

    @Test
    void pricesWhatWasUsed() {
        server.answers("""
                {"usage": [
                  {"measurement": "CPU_USAGE", "value": 2160, "tags": {"serviceId": "service-1"}},
                  {"measurement": "MOON_PHASE", "value": 3, "tags": {"serviceId": null}}]}""");

        var usage = client.usage(PROJECT, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));

        assertThat(usage.getFirst()).isEqualTo(new Usage(SERVICE, Measurement.CPU_USAGE, 2160));
        assertThat(usage.getFirst().dollars()).isEqualTo(1, Offset.offset(1e-9));
        assertThat(usage.getLast().dollars()).isZero();
    }

    @Test
    void neverDeploysByChangingVariables() {
        server.answers("{\"variableCollectionUpsert\":true}");

        client.upsertVariables(new VariableUpsert(PROJECT, ENVIRONMENT, SERVICE, Map.of("PGPORT", "5432")));

        assertThat(server.takeVariables().path("input")).isEqualTo(json("""
                {"projectId": "project-1", "environmentId": "env-1", "serviceId": "service-1",
                 "variables": {"PGPORT": "5432"}, "skipDeploys": true}"""));
    }

    @Test
    void leavesOutWhatIsAbsentSinceNullMeansRemove() {
        server.answers("{\"environmentCreate\":{\"id\":\"env-2\"}}");

        EnvironmentId made = client.createEnvironment(NewEnvironment.empty(PROJECT, "branch-a"));

        assertThat(made).isEqualTo(new EnvironmentId("env-2"));
        assertThat(server.takeVariables()).isEqualTo(json("""
                {"input": {"projectId": "project-1", "name": "branch-a"}}"""));
    }

    @Test
    void givesTheDeploymentThatItStarted() {
        server.answers("{\"serviceInstanceDeployV2\":\"deployment-9\"}");

        assertThat(client.deploy(ENVIRONMENT, SERVICE)).isEqualTo(new DeploymentId("deployment-9"));
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException nonsense) {
            throw new IllegalArgumentException(nonsense);
        }
    }
}
