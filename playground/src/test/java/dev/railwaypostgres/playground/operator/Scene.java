package dev.railwaypostgres.playground.operator;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.OperatorConfig;
import dev.railwaypostgres.operator.OperatorProcess;
import dev.railwaypostgres.playground.Eventually;
import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import dev.railwaypostgres.playground.simulator.railway.ComputeImage;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator.ServiceStatus;
import dev.railwaypostgres.playground.simulator.railway.SimulatorConfig;
import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwayToken;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An operator of its own for one test: its namespace, its Railway with one project, its databases. */
final class Scene implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Cluster cluster;
    final RailwaySimulator railway;
    final RailwaySimulator.ProjectIds ids;
    final String token;

    private final Path folder;
    private final Duration resync;
    private @Nullable OperatorProcess operator;
    private int replicas;

    private Scene(Cluster cluster, Path folder, Duration resync) throws IOException {
        this.cluster = cluster;
        this.folder = folder;
        this.resync = resync;
        var binaries = PostgresBinaries.standard(System.out::println);
        binaries.home(PostgresBinaries.DEFAULT_MAJOR);
        var image = new ComputeImage(Repository.path("compute/entrypoint.sh"), binaries);
        railway = RailwaySimulator.start(
                new SimulatorConfig(folder.resolve("railway"), 0, Duration.ofMillis(100), List.of(image)));
        ids = railway.project("playground");
        token = railway.createWorkspaceToken();
        Files.writeString(folder.resolve("token"), token);
    }

    static Scene open(Cluster cluster, Path folder, Duration resync) throws IOException {
        var scene = new Scene(cluster, folder, resync);
        scene.startOperator();
        return scene;
    }

    // ---- the operator

    void startOperator() {
        operator = anotherOperator();
    }

    /** One more, which is the caller's to close. */
    OperatorProcess anotherOperator() {
        return OperatorProcess.start(config(), cluster.client());
    }

    OperatorProcess operator() {
        return Objects.requireNonNull(operator);
    }

    void stopOperator() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    private OperatorConfig config() {
        var account = "system:serviceaccount:" + cluster.namespace() + ":proxy";
        return new OperatorConfig(
                new OperatorConfig.Railway(
                        railway.url(),
                        folder.resolve("token"),
                        RailwayToken.Kind.WORKSPACE,
                        Plan.PRO,
                        ids.projectId(),
                        ids.environmentId()),
                new OperatorConfig.Proxy("db.test", 5432, null, account),
                resync,
                Duration.ofMillis(500),
                Duration.ofMinutes(1),
                "railway-postgres/compute:{major}",
                Set.of(cluster.namespace()),
                cluster.namespace(),
                0,
                0,
                "operator-" + replicas++);
    }

    // ---- what users do

    /** Creates a database with this spec in YAML's flow style. */
    void create(String name, String spec) {
        cluster.kubectl().apply(cluster.namespace(), """
                apiVersion: railway-postgres.dev/v1alpha1
                kind: ServerlessDatabase
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec));
    }

    void annotate(String name, String annotation, String value) {
        cluster.kubectl("annotate", "--overwrite", "sdb/" + name, annotation + "=" + value);
    }

    /** What the proxy's wake request comes to. */
    void askForWake(String name) {
        annotate(name, "railway-postgres.dev/wake-requested", Instant.now() + " app/psql/10.0.0.1:5555");
    }

    void delete(String name) {
        cluster.kubectl("delete", "sdb/" + name, "--timeout=60s");
    }

    // ---- what is seen

    Resource<ServerlessDatabase> database(String name) {
        return cluster.client()
                .resources(ServerlessDatabase.class)
                .inNamespace(cluster.namespace())
                .withName(name);
    }

    ServerlessDatabaseStatus status(String name) {
        var found = database(name).get();
        return found == null || found.getStatus() == null ? ServerlessDatabaseStatus.unknown() : found.getStatus();
    }

    Condition ready(String name) {
        return condition(name, "Ready");
    }

    Condition condition(String name, String type) {
        return status(name).conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No condition " + type + " in " + status(name)));
    }

    void await(String name, Phase phase) {
        Eventually.within(PATIENCE, () -> {
            var status = status(name);
            if (status.phase() != phase) {
                throw new AssertionError("Not " + phase + " but " + status);
            }
        });
    }

    void awaitReason(String name, String reason) {
        awaitCondition(name, "Ready", reason);
    }

    void awaitCondition(String name, String type, String reason) {
        Eventually.within(PATIENCE, () -> {
            if (!condition(name, type).getReason().equals(reason)) {
                throw new AssertionError("Not " + reason + " but " + condition(name, type));
            }
        });
    }

    List<String> eventReasons(String name) {
        return cluster.client().v1().events().inNamespace(cluster.namespace()).list().getItems().stream()
                .filter(event -> name.equals(event.getInvolvedObject().getName()))
                .map(Event::getReason)
                .toList();
    }

    List<ServiceStatus> services() {
        return railway.services();
    }

    /** A login to the compute itself, as the proxy would do it. */
    Connection connect(String name) throws SQLException {
        var address = Objects.requireNonNull(
                Objects.requireNonNull(status(name).railway()).address());
        var login = new Properties();
        login.setProperty("user", "app");
        login.setProperty("password", secret(name + "-connection", "password"));
        login.setProperty("sslmode", "require");
        return DriverManager.getConnection("jdbc:postgresql://" + address + "/app", login);
    }

    String secret(String secret, String key) {
        var found = cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName(secret)
                .require();
        return new String(Base64.getDecoder().decode(found.getData().get(key)), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        stopOperator();
        railway.close();
    }
}
