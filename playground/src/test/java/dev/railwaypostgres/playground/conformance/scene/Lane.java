package dev.railwaypostgres.playground.conformance.scene;

import static dev.railwaypostgres.playground.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.conformance.wire.Account;
import dev.railwaypostgres.playground.conformance.wire.Server;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.Proxy;
import dev.railwaypostgres.proxy.ProxyConfig;
import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.operator.RoleAttributes;
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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A database, and a proxy before it whose pool is as new at each {@link #enter}. One script at a time. */
public final class Lane implements OperatorApi, RouteSource {
    /** Nothing takes as long, unless it hangs. Longer than the pool lets anybody wait, which says more. */
    private static final Duration LIMIT = Duration.ofSeconds(6);

    private static final Duration QUEUE_LIMIT = Duration.ofSeconds(4);

    private static final String BUSY = """
            SELECT state || ': ' || query FROM pg_stat_activity
            WHERE datname = current_database() AND usename <> 'postgres' AND state <> 'idle'
            """;

    private final Postgres postgres;
    private final String database;
    private final Gate gate;
    private final Connection administrator;
    private final RoleSnapshot snapshot;
    private final Proxy proxy;
    private final List<String> holds = new CopyOnWriteArrayList<>();
    private Consumer<Collection<Route>> listener = _ -> {};
    private final AtomicInteger wakes = new AtomicInteger();
    private int visits;
    private Duration patience = QUEUE_LIMIT;
    private Situation situation = new Situation(Situation.Kind.COLD, 1);

    public Lane(Postgres postgres, int number) throws IOException, SQLException {
        this.postgres = postgres;
        this.database = "lane" + number;
        postgres.createDatabase(database);
        this.administrator = postgres.superuser(database);
        this.gate = new Gate(postgres.server().port());
        this.snapshot = new RoleSnapshot(verifiers(), attributes(), postgres.reported());
        this.proxy = new Proxy(config(), this, this).start();
    }

    private static Map<String, ScramVerifier> verifiers() {
        var verifiers = new HashMap<String, ScramVerifier>();
        for (var account : List.of(Postgres.APP, Postgres.OTHER, Postgres.BOSS)) {
            verifiers.put(account.role(), account.verifier());
        }
        return verifiers;
    }

    private static Map<String, RoleAttributes> attributes() {
        return Map.of(Postgres.BOSS.role(), new RoleAttributes(true, Instant.MAX, true));
    }

    private static ProxyConfig config() {
        return new ProxyConfig(
                0,
                null,
                null,
                URI.create("http://localhost"),
                Path.of("unused"),
                List.of(),
                Duration.ofSeconds(30),
                new DoorConfig(Duration.ofSeconds(10), 1_000, 4_000, List.of()),
                Duration.ofSeconds(1),
                0,
                TransportChoice.AUTO,
                "test",
                null,
                null,
                null);
    }

    /** Forgets all that was before, and makes it as told. */
    public void enter(Situation now) {
        gate.cut();
        holds.clear();
        wakes.set(0);
        visits++;
        situation = now;
        patience = QUEUE_LIMIT;
        if (now.kind() == Situation.Kind.ASLEEP) {
            gate.shut();
            tell(Readiness.ASLEEP);
        } else {
            gate.open();
            tell(Readiness.AWAKE);
        }
    }

    /** While the action runs, nobody waits longer for a server connection. */
    public <T> T withPatience(Duration shorter, Supplier<T> action) {
        patience = shorter;
        tell(Readiness.AWAKE);
        try {
            return action.get();
        } finally {
            patience = QUEUE_LIMIT;
            tell(Readiness.AWAKE);
        }
    }

    private void tell(Readiness readiness) {
        var reference = new DatabaseRef("conformance", "visit-" + visits);
        var usual = PoolPolicy.defaults();
        var usualPatience = usual.patience();
        listener.accept(List.of(new Route(
                reference,
                database,
                reference.endpoint(),
                readiness,
                new Address("127.0.0.1", gate.port()),
                false,
                usual.with(new PoolPolicy.Size(situation.servers(), 0, Duration.ofSeconds(5), 100))
                        .with(new PoolPolicy.Patience(
                                patience,
                                usualPatience.idleInTransaction(),
                                usualPatience.clientIdle(),
                                usualPatience.serverIdle(),
                                usualPatience.serverLifetime())))));
    }

    /** Of its Postgres database. */
    public String database() {
        return database;
    }

    /** Of the proxy. */
    public int port() {
        return proxy.port();
    }

    /** Through the proxy. */
    public WireClient connect(Account account, Map<String, String> parameters) {
        return connect(server(), account, parameters);
    }

    /** Past the proxy. */
    public WireClient connectDirectly(Account account, Map<String, String> parameters) {
        return connect(postgres.server(), account, parameters);
    }

    private WireClient connect(Server server, Account account, Map<String, String> parameters) {
        var client = WireClient.connect(server, text -> text.replace(database, "database"), LIMIT);
        if (situation.kind() == Situation.Kind.IN_PIECES) {
            client.writeInPieces();
        }
        var all = new HashMap<>(Map.of("user", account.role(), "database", database));
        all.putAll(parameters);
        client.logIn(account, all);
        return client;
    }

    /** A superuser does something. */
    public void administer(String sql) {
        try (var statement = administrator.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of all rows. */
    public List<String> ask(String sql) {
        try (var statement = administrator.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Waits until the statement says so. */
    public void until(String sql) {
        within(LIMIT, () -> assertThat(ask(sql)).as(sql).containsExactly("t"));
    }

    /** Puts the database to sleep as the operator does, when all server connections have been given back. */
    public void suspend() {
        tell(Readiness.SUSPENDING);
        within(
                LIMIT,
                () -> assertThat(gate.connections())
                        .as("open server connections")
                        .isZero());
        gate.shut();
        tell(Readiness.ASLEEP);
    }

    /** Begins to put the database to sleep, and does not for that reason. */
    public void holdBy(String reason) {
        tell(Readiness.SUSPENDING);
        within(LIMIT, () -> assertThat(holds).contains(reason));
        tell(Readiness.AWAKE);
    }

    /** A database that slept when it was entered has to sleep still. */
    public void verifyThatNobodyWoke() {
        assertThat(wakes).as("wakes").hasValue(0);
    }

    /** All server connections break. Returns when the proxy has seen it. */
    public void cut() {
        gate.hangUp();
        untilNobodyIsInside();
    }

    /** Postgres ends all server connections. Returns when the proxy has seen it. */
    public void terminate() {
        ask("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND usename <> 'postgres'");
        untilNobodyIsInside();
    }

    /** Also, the proxy's event loop has come to think of it. */
    private void untilNobodyIsInside() {
        within(
                LIMIT,
                () -> assertThat(gate.connections())
                        .as("open server connections")
                        .isZero());
        server().greet();
        server().greet();
    }

    private Server server() {
        return new Server(proxy.port(), false);
    }

    /** Waits until there are no more server connections than there may be, and none of them is in anybody's hands. */
    public void untilAllIsGivenBack() {
        within(LIMIT, () -> {
            assertThat(gate.connections()).as("server connections").isLessThanOrEqualTo(situation.servers());
            assertThat(ask(BUSY)).as("server connections that are not idle").isEmpty();
        });
    }

    /** Everything that scripts leave behind in a database. */
    public void tidyUp() {
        ask("SELECT lo_unlink(oid) FROM pg_largeobject_metadata");
        ask("SELECT gid FROM pg_prepared_xacts WHERE database = current_database()")
                .forEach(transaction -> administer("ROLLBACK PREPARED '" + transaction + "'"));
        administer("DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner");
    }

    @Override
    public void start(Consumer<Collection<Route>> to) {
        listener = to;
    }

    @Override
    public boolean isSynced() {
        return true;
    }

    @Override
    public CompletionStage<Void> wake(DatabaseRef reference, Visitor visitor) {
        wakes.incrementAndGet();
        gate.open();
        tell(Readiness.AWAKE);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> hold(DatabaseRef reference, Visitor visitor, String reason) {
        holds.add(reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<RoleSnapshot> roles(DatabaseRef reference) {
        return CompletableFuture.completedStage(snapshot);
    }

    /** Called by the proxy when it is closed. */
    @Override
    public void close() {}

    public void end() {
        try {
            proxy.close();
            administrator.close();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            gate.close();
        }
    }
}
