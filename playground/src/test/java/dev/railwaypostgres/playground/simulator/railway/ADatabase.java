package dev.railwaypostgres.playground.simulator.railway;

import static dev.railwaypostgres.playground.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;

/** A database on the platform, made in the order that the platform needs. */
record ADatabase(Api api, String environmentId, String serviceId, String volumeId) {
    static final String MOUNT = "/var/lib/postgresql/data";
    static final String PASSWORD = "a secret";

    static ADatabase create(Api api, RailwaySimulator.ProjectIds ids, String name) {
        var serviceId = createService(api, ids, name);
        var volumeId = createVolume(api, ids, serviceId);
        var database = new ADatabase(api, ids.environmentId(), serviceId, volumeId);
        database.patch(database.everything());
        return database;
    }

    static String createService(Api api, RailwaySimulator.ProjectIds ids, String name) {
        var variables = Api.variables();
        variables
                .putObject("i")
                .put("projectId", ids.projectId())
                .put("environmentId", ids.environmentId())
                .put("name", name);
        return api.ask("mutation($i: ServiceCreateInput!) { serviceCreate(input: $i) { id name } }", variables)
                .at("/serviceCreate/id")
                .asText();
    }

    static String createVolume(Api api, RailwaySimulator.ProjectIds ids, String serviceId) {
        return api.ask(
                        "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id name } }",
                        volumeInput(ids, serviceId))
                .at("/volumeCreate/id")
                .asText();
    }

    static ObjectNode volumeInput(RailwaySimulator.ProjectIds ids, String serviceId) {
        var variables = Api.variables();
        variables
                .putObject("i")
                .put("projectId", ids.projectId())
                .put("environmentId", ids.environmentId())
                .put("serviceId", serviceId)
                .put("mountPath", MOUNT);
        return variables;
    }

    /** The one patch that finishes a new database. */
    ObjectNode everything() {
        var patch = Api.variables();
        var service = patch.putObject("services").putObject(serviceId);
        service.putObject("source").put("image", "registry.example/railway-postgres/compute:17");
        service.set("variables", settings());
        service.putObject("deploy")
                .put("drainingSeconds", 20)
                .put("requiredMountPath", MOUNT)
                .put("restartPolicyType", "ON_FAILURE");
        service.putObject("networking").putObject("tcpProxies").putObject("5432");
        service.putObject("volumeMounts").putObject(volumeId).put("mountPath", MOUNT);
        patch.putObject("volumes").putObject(volumeId).put("sizeMB", 10_000);
        return patch;
    }

    static ObjectNode settings() {
        var settings = Api.variables();
        settings.putObject("PGDATA").put("value", MOUNT + "/pgdata");
        settings.putObject("ADMIN_VERIFIER").put("value", Verifiers.of(PASSWORD));
        settings.putObject("DATABASE_NAME").put("value", "app");
        settings.putObject("DATABASE_OWNER").put("value", "app");
        settings.putObject("OWNER_VERIFIER").put("value", Verifiers.of(PASSWORD));
        settings.putObject("RAILWAY_DEPLOYMENT_DRAINING_SECONDS").put("value", "20");
        return settings;
    }

    void patch(ObjectNode patch) {
        api.ask(
                "mutation($e: String!, $p: EnvironmentConfig!) { environmentPatchCommit(environmentId: $e, patch: $p) }",
                patchVariables(patch));
    }

    ObjectNode patchVariables(ObjectNode patch) {
        return Api.variables().put("e", environmentId).set("p", patch);
    }

    JsonNode instance() {
        return api.ask("""
                        query($e: String!, $s: String!) { serviceInstance(environmentId: $e, serviceId: $s) {
                          serviceName activeDeployments { id }
                          latestDeployment { id status deploymentStopped statusUpdatedAt instances { id status } } } }""", place()).path("serviceInstance");
    }

    JsonNode latest() {
        return instance().path("latestDeployment");
    }

    /** Status and instance status, such as {@code SUCCESS/RUNNING}; a stopped one has a star. */
    String state() {
        var latest = latest();
        return latest.path("status").asText()
                + (latest.path("deploymentStopped").asBoolean() ? "*" : "") + "/"
                + latest.at("/instances/0/status").asText();
    }

    String deploymentId() {
        return latest().path("id").asText();
    }

    String deploy() {
        return api.ask(
                        "mutation($e: String!, $s: String!) { serviceInstanceDeployV2(environmentId: $e, serviceId: $s) }",
                        place())
                .path("serviceInstanceDeployV2")
                .asText();
    }

    void stop() {
        api.ask(
                "mutation($id: String!) { deploymentStop(id: $id) }",
                Api.variables().put("id", deploymentId()));
    }

    int port() {
        return api.ask("""
                        query($e: String!, $s: String!) { tcpProxies(environmentId: $e, serviceId: $s) {
                          id domain proxyPort applicationPort syncStatus } }""", place()).at("/tcpProxies/0/proxyPort").asInt();
    }

    ObjectNode place() {
        return Api.variables().put("e", environmentId).put("s", serviceId);
    }

    /** A login at the public port as soon as one is possible. */
    Connection login() {
        return login("app");
    }

    Connection login(String role) {
        var connections = new ArrayList<Connection>();
        eventually(() -> connections.add(tryLogin(role)));
        return connections.getFirst();
    }

    Connection tryLogin() {
        return tryLogin("app");
    }

    Connection tryLogin(String role) {
        try {
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + port() + "/app?sslmode=require&loginTimeout=10", role, PASSWORD);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
