package dev.railwaypostgres.playground.simulator.railway;

import graphql.GraphQL;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A Railway on this machine. It goes on where the last one in the same folder ended: services, volumes, ports, variables and tokens are
 * there again, and what ran is started again.
 */
public final class RailwaySimulator implements AutoCloseable {
    private static final String WORKSPACE = "00000000-0000-4000-8000-000000000001";

    private final Clock clock = Clock.systemUTC();
    private final Counters counters = new Counters();
    private final Faults faults = new Faults();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final Quirks quirks;
    private final World world;
    private final Forwarders forwarders;
    private final Deployments deployments;
    private final RateLimit rateLimit;
    private final ProjectOperations projects;
    private final GraphQL graphQl;
    private final Callers callers;
    private final HttpServer server;

    private RailwaySimulator(SimulatorConfig config) {
        quirks = new Quirks(config.bootDelay());
        rateLimit = new RateLimit(quirks, clock);
        world = World.in(config.folder().resolve("world.json"));
        callers = new Callers(world);
        forwarders = new Forwarders(world, vertx, quirks);
        var folders = new VolumeFolders(config.folder().resolve("volumes"));
        deployments = new Deployments(world, config, folders, forwarders, quirks);
        var removal = new Removal(world, deployments, forwarders, folders);
        var views = new Views(quirks, clock, folders::usedMB);
        var platform = new Platform(world, deployments, forwarders, folders, quirks, views, new Throttles(clock));
        projects = new ProjectOperations(platform, removal);
        graphQl = new SchemaWiring(platform, new OperationGate(counters, faults)).build(operations(platform, removal));
        server = vertx.createHttpServer(
                new HttpServerOptions().setWebSocketSubProtocols(List.of(GraphQlSocket.PROTOCOL)));
    }

    /** Starts the platform; returns when its API answers. Services that ran before are on their way. */
    public static RailwaySimulator start(SimulatorConfig config) {
        try {
            Files.createDirectories(config.folder().resolve("volumes"));
            Files.createDirectories(config.folder().resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + config.folder(), e);
        }
        var simulator = new RailwaySimulator(config);
        simulator.begin(config.port());
        return simulator;
    }

    private void begin(int port) {
        world.read(state ->
                        state.proxies().where(row -> row.deletedAt() == null).toList())
                .forEach(forwarders::open);
        deployments.resume();
        var http = new GraphQlHttp(graphQl, callers, rateLimit, workers);
        server.requestHandler(http::accept)
                .webSocketHandshakeHandler(this::greet)
                .webSocketHandler(this::open)
                .listen(port, "127.0.0.1")
                .await();
    }

    private Map<String, Operation> operations(Platform platform, Removal removal) {
        var configuration = new Configuration(world, deployments, forwarders, removal);
        var all = new HashMap<String, Operation>(projects.all());
        all.putAll(new EnvironmentOperations(platform, configuration, removal).all());
        all.putAll(new ServiceOperations(platform, configuration, removal).all());
        all.putAll(new VariableOperations(world, configuration).all());
        all.putAll(new VolumeOperations(platform, removal).all());
        all.putAll(new ProxyOperations(platform, removal).all());
        all.putAll(new DeploymentOperations(platform).all());
        all.putAll(new UsageOperations(world, platform.folders()).all());
        return all;
    }

    private void greet(ServerWebSocketHandshake handshake) {
        try {
            callers.caller(handshake.headers());
            handshake.accept();
        } catch (ApiException _) {
            handshake.reject(401);
        }
    }

    private void open(ServerWebSocket socket) {
        new GraphQlSocket(socket, graphQl, callers.caller(socket.headers()), workers).open();
    }

    /** The API's address. Subscriptions have the same one under {@code ws}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + GraphQlHttp.PATH);
    }

    /** Ids that a client must be configured with. */
    public record ProjectIds(String workspaceId, String projectId, String environmentId) {}

    /** The project of that name with its one environment {@code production}, made when it is not there. */
    public ProjectIds project(String name) {
        return world.change(state -> {
            var project = state.projects()
                    .where(row -> row.deletedAt() == null && row.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> projects.create(state, name, WORKSPACE));
            var environment = state.unforked(project.id())
                    .findFirst()
                    .orElseGet(() -> projects.createEnvironment(state, project, "production"));
            return new ProjectIds(WORKSPACE, project.id(), environment.id());
        });
    }

    /** A new token that reaches everything. */
    public String createWorkspaceToken() {
        return createToken(null, null);
    }

    /** A new token that reaches one environment, and may not make others. */
    public String createProjectToken(ProjectIds ids) {
        return createToken(ids.projectId(), ids.environmentId());
    }

    private String createToken(@Nullable String projectId, @Nullable String environmentId) {
        return world.change(state -> {
            var row = new Row.Token(
                    UUID.randomUUID().toString(), WORKSPACE, projectId, environmentId, clock.instant(), null);
            state.tokens().put(row);
            return row.id();
        });
    }

    /** From now on the token is refused. */
    public void revokeToken(String token) {
        world.change(state -> {
            state.tokens().find(token).ifPresent(row -> state.tokens().put(row.revoked(clock.instant())));
            return token;
        });
    }

    /** What is odd about the platform. */
    public Quirks quirks() {
        return quirks;
    }

    /** What goes wrong with single calls. */
    public Faults faults() {
        return faults;
    }

    /** How often which operation was called. */
    public Counters counters() {
        return counters;
    }

    /** Begins a new hour of the rate limit. */
    public void resetRateLimit() {
        rateLimit.reset();
    }

    /** The platform moves the service to another host, as it does at any time and without being asked. */
    public void redeployByPlatform(String serviceId) {
        world.read(state -> state.instances()
                        .where(row -> row.deletedAt() == null && row.serviceId().equals(serviceId))
                        .map(Place::of)
                        .toList())
                .forEach(deployments::deploy);
    }

    /**
     * A service as a status command shows it.
     *
     * @param status Railway's deployment status, {@code STOPPED} for one that succeeded and was stopped, {@code NONE} before the first
     * @param port the public port, when there is one
     */
    public record ServiceStatus(
            String environmentId, String serviceId, String name, String status, Optional<Integer> port) {}

    /** All services of all environments. */
    public List<ServiceStatus> services() {
        return world.read(state -> state.instances()
                .where(row -> row.deletedAt() == null)
                .map(row -> status(state, row))
                .toList());
    }

    private static ServiceStatus status(State state, Row.ServiceInstance row) {
        var place = Place.of(row);
        var name = state.services().find(row.serviceId()).map(Row.Service::name).orElse("");
        var status = state.latestDeployment(place)
                .map(deployment -> deployment.isStopped() ? "STOPPED" : deployment.status())
                .orElse("NONE");
        var port = state.proxiesOf(place).map(Row.TcpProxy::proxyPort).findFirst();
        return new ServiceStatus(row.environmentId(), row.serviceId(), name, status, port);
    }

    /** Ends all processes in an orderly way and remembers that they ran. */
    @Override
    public void close() {
        server.close().await();
        forwarders.closeAll();
        deployments.close();
        workers.shutdownNow();
        vertx.close().await();
    }
}
