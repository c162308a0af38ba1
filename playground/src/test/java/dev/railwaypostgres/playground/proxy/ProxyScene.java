package dev.railwaypostgres.playground.proxy;

import static dev.railwaypostgres.playground.Eventually.eventually;

import dev.railwaypostgres.proxy.Proxy;
import dev.railwaypostgres.proxy.ProxyConfig;
import dev.railwaypostgres.proxy.console.ConsoleConfig;
import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.proxy.route.RouteSource;
import dev.railwaypostgres.proxy.server.DoorConfig;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A proxy before one compute. The test plays the operator. */
public final class ProxyScene implements OperatorApi, RouteSource {
    public static final DatabaseRef DATABASE = new DatabaseRef("shop", "orders");

    public final List<Visitor> wakes = new CopyOnWriteArrayList<>();
    public final List<String> holds = new CopyOnWriteArrayList<>();
    final StoppableCompute compute;

    private final PoolPolicy policy;
    private final List<Route> others;
    private final Proxy proxy;
    private volatile Duration startTime = Duration.ZERO;
    private Consumer<Collection<Route>> listener = _ -> {};

    public ProxyScene(Path folder) throws IOException {
        this(folder, config(), PoolPolicy.defaults(), List.of());
    }

    /** @param others databases that nobody is to come to */
    public ProxyScene(Path folder, ProxyConfig config, PoolPolicy policy, List<Route> others) throws IOException {
        compute = new StoppableCompute(folder);
        this.policy = policy;
        this.others = others;
        proxy = new Proxy(config, this, this).start();
    }

    private static ProxyConfig config() {
        return new ProxyConfig(
                0,
                null,
                null,
                URI.create("http://localhost"),
                Path.of("unused"),
                List.of(),
                Duration.ofMinutes(1),
                new DoorConfig(Duration.ofSeconds(10), 1_000, 4_000, List.of()),
                Duration.ofSeconds(1),
                0,
                TransportChoice.AUTO,
                "test",
                null,
                null,
                new ConsoleConfig(null, "\"admin\" \"all\"\n\"stats\" \"some\"\n", Set.of("admin"), Set.of("stats")));
    }

    public int port() {
        return proxy.port();
    }

    /** Makes the volume, which takes longer than any later start, and leaves it asleep. */
    public void bootFirst() throws InterruptedException {
        compute.start();
        eventually(this::openSessions);
        compute.stop();
    }

    /** What a platform takes to start the compute, besides Postgres itself. */
    public void startsIn(Duration time) {
        startTime = time;
    }

    public void phase(Readiness readiness) {
        listener.accept(
                Stream.concat(Stream.of(route(readiness)), others.stream()).toList());
    }

    private Route route(Readiness readiness) {
        return new Route(
                DATABASE,
                "app",
                DATABASE.endpoint(),
                readiness,
                new Address("127.0.0.1", compute.port()),
                false,
                policy);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/app", "app", "owner");
    }

    /** Runs the statement directly, past the proxy. */
    void directly(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(direct(), "app", "owner");
                var direct = connection.createStatement()) {
            direct.execute(statement);
        }
    }

    /** Sessions on the server, the question's own included. */
    public int openSessions() throws SQLException {
        var question = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'";
        try (var connection = DriverManager.getConnection(direct(), "app", "owner");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private String direct() {
        return "jdbc:postgresql://127.0.0.1:" + compute.port() + "/app?sslmode=require";
    }

    /** As the operator does it. */
    public void suspend() throws InterruptedException {
        phase(Readiness.SUSPENDING);
        compute.stop();
        phase(Readiness.ASLEEP);
    }

    @Override
    public void start(Consumer<Collection<Route>> to) {
        listener = to;
        phase(Readiness.ASLEEP);
    }

    @Override
    public boolean isSynced() {
        return true;
    }

    @Override
    public CompletionStage<Void> wake(DatabaseRef database, Visitor visitor) {
        wakes.add(visitor);
        return CompletableFuture.runAsync(
                () -> {
                    compute.start();
                    phase(Readiness.WAKING);
                },
                CompletableFuture.delayedExecutor(startTime.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public CompletionStage<Void> hold(DatabaseRef database, Visitor visitor, String reason) {
        holds.add(reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<RoleSnapshot> roles(DatabaseRef database) {
        return CompletableFuture.completedStage(new RoleSnapshot(
                Map.of("app", StoppableCompute.OWNER),
                Map.of(
                        "server_version", "17.11",
                        "server_encoding", "UTF8",
                        "client_encoding", "UTF8",
                        "DateStyle", "ISO, MDY",
                        "IntervalStyle", "postgres",
                        "TimeZone", "Europe/Berlin",
                        "integer_datetimes", "on",
                        "standard_conforming_strings", "on")));
    }

    /** Called by the proxy when it is closed. */
    @Override
    public void close() {}

    public void end() throws IOException, InterruptedException {
        proxy.close();
        compute.end();
    }
}
