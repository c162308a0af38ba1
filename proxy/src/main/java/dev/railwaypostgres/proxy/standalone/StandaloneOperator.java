package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.operator.OperatorException;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.RouteSource;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import dev.railwaypostgres.railway.graphql.GraphQlRailwayClient;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.sleep.SleepPlanner;
import dev.railwaypostgres.sleep.SleepTerms;
import dev.railwaypostgres.sleep.Wishes.Wish;
import dev.railwaypostgres.sleep.compute.ComputeSql;
import dev.railwaypostgres.sleep.compute.PostgresComputeSql;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The operator inside the proxy: a keeper for each database of the settings file, each on a thread of its own. The rest of
 * the proxy asks it as it would ask one in Kubernetes.
 */
public final class StandaloneOperator implements OperatorApi, RouteSource {
    private static final String NAMESPACE = "standalone";

    /** Longer than any client's login may take. */
    private static final Duration FIRST_ROLES = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final RailwayEnvironment railway;
    private final ComputeWatch<String> watch;
    private final Map<DatabaseRef, Kept> databases = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Executor virtualThreads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("roles-", 0).factory());
    private volatile Consumer<Collection<Route>> listener = _ -> {};
    private volatile boolean isStarted;

    /** One database with all that belongs to it. */
    private record Kept(StandaloneSettings.Database database, Keeper keeper, Inbox inbox, RoleKeeper roles) {
        Route route(DatabaseRef reference) {
            var address = database.login().address();
            return new Route(
                    reference,
                    database.databaseName(),
                    database.name(),
                    keeper.readiness(),
                    new Address(address.host(), address.port()),
                    false,
                    database.pooling(),
                    roles.version());
        }
    }

    /** The outside world. */
    record Ports(Supplier<RailwayClient> railway, ComputeSql sql, InstantSource clock) {}

    StandaloneOperator(StandaloneSettings settings, Ports ports) throws IOException {
        var store = RoleStore.in(settings.stateFolder());
        var environment = settings.railway().environment();
        clock = ports.clock();
        railway = new RailwayEnvironment(
                ports.railway(), environment == null ? null : new EnvironmentId(environment), clock);
        watch = new ComputeWatch<>(ports.sql(), clock, this::lookAgain);
        settings.databases().forEach(database -> databases.put(reference(database.name()), kept(database, store)));
    }

    /**
     * @param environment in which the settings' references are looked up
     * @throws IOException when nothing can be kept in the state folder
     */
    public static StandaloneOperator of(StandaloneSettings settings, Map<String, String> environment)
            throws IOException {
        return new StandaloneOperator(
                settings,
                new Ports(
                        () -> connect(settings.railway(), environment),
                        new PostgresComputeSql(),
                        InstantSource.system()));
    }

    private static RailwayClient connect(StandaloneSettings.Railway railway, Map<String, String> environment) {
        try {
            var token = new RailwayToken(railway.tokenKind(), railway.token().read(environment));
            return GraphQlRailwayClient.connect(RailwaySettings.of(railway.apiUrl(), token, railway.plan()));
        } catch (IllegalArgumentException e) {
            throw new RailwayException.TokenRefused(String.valueOf(e.getMessage()));
        }
    }

    private Kept kept(StandaloneSettings.Database database, RoleStore store) {
        var inbox = new Inbox();
        var roles = new RoleKeeper(database.name(), store, this::tell);
        var tools = new Keeper.Tools(
                new DatabaseObserver(database, railway, watch, clock),
                new SleepPlanner(SleepTerms.DEFAULT),
                new DatabaseActuator(database.name(), railway, watch, roles),
                watch,
                roles,
                clock);
        return new Kept(database, new Keeper(database, tools, inbox, this::tell), inbox, roles);
    }

    private static DatabaseRef reference(String name) {
        return new DatabaseRef(NAMESPACE, name);
    }

    @Override
    public void start(Consumer<Collection<Route>> to) {
        listener = to;
        tell();
        databases.forEach((reference, kept) -> threads.add(
                Thread.ofVirtual().name("keeper-" + reference.name()).start(kept.keeper()::run)));
        isStarted = true;
    }

    private synchronized void tell() {
        listener.accept(databases.entrySet().stream()
                .map(entry -> entry.getValue().route(entry.getKey()))
                .toList());
    }

    private void lookAgain(String name) {
        var kept = databases.get(reference(name));
        if (kept != null) {
            kept.inbox().ring();
        }
    }

    /** Which databases there are is known from the beginning. */
    @Override
    public boolean isSynced() {
        return isStarted;
    }

    @Override
    public CompletionStage<Void> wake(DatabaseRef database, Visitor visitor) {
        var by =
                "%s/%s/%s (%s)".formatted(visitor.role(), visitor.application(), visitor.client(), visitor.statement());
        return with(database, kept -> kept.inbox().wake(wish(by)));
    }

    @Override
    public CompletionStage<Void> hold(DatabaseRef database, Visitor visitor, String reason) {
        return with(
                database,
                kept -> kept.inbox().hold(wish(reason + " (" + visitor.application() + " " + visitor.client() + ")")));
    }

    private CompletionStage<Void> with(DatabaseRef database, Consumer<Kept> order) {
        var kept = databases.get(database);
        if (kept == null) {
            return CompletableFuture.failedStage(unknown(database));
        }
        order.accept(kept);
        return CompletableFuture.completedStage(null);
    }

    /** Clients choose parts of these texts, and people read them in terminals. */
    private Wish wish(String text) {
        return new Wish(clock.instant(), text.replaceAll("\\p{Cntrl}", "?"));
    }

    /** The first login ever has to wake the database, since nobody knows yet who may log in. */
    @Override
    public CompletionStage<RoleSnapshot> roles(DatabaseRef database) {
        var kept = databases.get(database);
        if (kept == null) {
            return CompletableFuture.failedStage(unknown(database));
        }
        return CompletableFuture.supplyAsync(kept.keeper()::roles, virtualThreads)
                .thenCompose(known -> known.<CompletionStage<RoleSnapshot>>map(CompletableFuture::completedStage)
                        .orElseGet(() -> firstRoles(kept)));
    }

    private CompletionStage<RoleSnapshot> firstRoles(Kept kept) {
        kept.inbox().wake(wish("the first login"));
        return kept.roles()
                .first()
                .orTimeout(FIRST_ROLES.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(_ -> CompletableFuture.failedStage(
                        new OperatorException.Unavailable("the database has not been awake yet")));
    }

    private static OperatorException unknown(DatabaseRef database) {
        return new OperatorException.UnknownDatabase("there is no database " + database.name());
    }

    /** The databases stay as they are. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        watch.close();
        railway.close();
    }
}
