package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.proxy.activity.Books;
import dev.railwaypostgres.proxy.auth.LoginGuard;
import dev.railwaypostgres.proxy.auth.RoleDirectory;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.manage.DatabaseFigures;
import dev.railwaypostgres.proxy.manage.ProxyMetrics;
import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.park.Interner;
import dev.railwaypostgres.proxy.park.PreparedStatements;
import dev.railwaypostgres.proxy.park.Settings;
import dev.railwaypostgres.proxy.park.StatementScanner;
import dev.railwaypostgres.proxy.pool.PoolTimes;
import dev.railwaypostgres.proxy.pool.Profile;
import dev.railwaypostgres.proxy.pool.ServerDialer;
import dev.railwaypostgres.proxy.pool.ServerPool;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.RouteRequest;
import dev.railwaypostgres.proxy.route.RouteTable;
import dev.railwaypostgres.proxy.wake.Waker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All databases and all sessions of one event loop; made once, and used on that loop alone. */
public final class Sessions {
    /**
     * What the sessions need of the world.
     *
     * @param domain host names below it name endpoints
     * @param cancels where this loop's sessions are to be found by their keys
     */
    public record World(
            @Nullable String domain,
            Duration wakeTimeout,
            OperatorApi operator,
            ServerDialer dialer,
            PoolTimes times,
            ProxyMetrics metrics,
            CancelRegistry cancels,
            LoginGuard guard) {}

    private final World world;
    private final RequestRelay.Shared shared;
    private final Interner<Profile, Profile> profiles = new Interner<>();
    private final Interner<Settings, Settings> settings = new Interner<>();
    private final Map<DatabaseRef, Database> databases = new HashMap<>();

    /** Of which there are sessions still. */
    private final Set<Database> deleted = new LinkedHashSet<>();

    private final Set<ClientSession> open = new LinkedHashSet<>();
    private RouteTable routes;
    private boolean isPaused;
    private Runnable whenEmpty = () -> {};

    public Sessions(World world) {
        this.world = world;
        this.routes = new RouteTable(world.domain(), List.of());
        var scanner = new StatementScanner();
        this.shared = new RequestRelay.Shared(scanner, new PreparedStatements(scanner));
    }

    RequestRelay.Shared shared() {
        return shared;
    }

    PreparedStatements statements() {
        return shared.statements();
    }

    /** The one that stands for all that are equal to it. */
    Profile profile(Profile profile) {
        return profiles.intern(profile, Function.identity());
    }

    /** The ones that stand for all that are equal to them. */
    Settings settings(Settings those) {
        return settings.intern(those, Function.identity());
    }

    /** What is due by now. Called every second or so. */
    public void sweep() {
        long now = System.nanoTime();
        databases.values().forEach(database -> database.sweep(now));
        endThoseOfDeleted();
    }

    /** As soon as they have ended what they were at. */
    private void endThoseOfDeleted() {
        deleted.removeIf(Database::endsQuietSessions);
    }

    /** All databases that there are now. Sessions of one that is gone end with their work. */
    public void update(Collection<Route> all) {
        routes = new RouteTable(world.domain(), all);
        all.forEach(route -> databases
                .computeIfAbsent(route.database(), _ -> database(route))
                .update(route));
        var there = all.stream().map(Route::database).collect(Collectors.toSet());
        databases.entrySet().removeIf(entry -> {
            boolean isGone = !there.contains(entry.getKey());
            if (isGone) {
                entry.getValue().pool().end();
                deleted.add(entry.getValue());
            }
            return isGone;
        });
        endThoseOfDeleted();
    }

    private Database database(Route route) {
        var loop = world.times().loop();
        var clock = world.times().clock();
        var waker = new Waker(route.database(), world.operator(), loop, clock);
        var books = Books.empty();
        var pool = new ServerPool(route, waker, world.dialer(), world.times(), world.wakeTimeout(), books);
        var roles = new RoleDirectory(route.database(), world.operator(), loop, clock);
        var database = new Database(route, roles, pool, world.operator(), books);
        database.pause(Database.Pause.OF_ALL, isPaused);
        return database;
    }

    RouteTable.Found find(RouteRequest request) {
        return routes.find(request);
    }

    /** @return null when it has gone in the meantime */
    @Nullable
    Entrance entrance(DatabaseRef reference) {
        var database = databases.get(reference);
        return database == null ? null : new DatabaseEntrance(database, this);
    }

    /** Those that there are now. */
    public List<Database> databases() {
        return List.copyOf(databases.values());
    }

    /** Holds the work of all databases, those too that are still to come; or no longer so. */
    public void pauseAll(boolean now) {
        isPaused = now;
        databases.values().forEach(database -> database.pause(Database.Pause.OF_ALL, now));
    }

    public boolean isPaused() {
        return isPaused;
    }

    public @Nullable String domain() {
        return world.domain();
    }

    public PoolTimes times() {
        return world.times();
    }

    public CancelRegistry cancels() {
        return world.cancels();
    }

    LoginGuard guard() {
        return world.guard();
    }

    Executor loop() {
        return world.times().loop();
    }

    ProxyMetrics metrics() {
        return world.metrics();
    }

    CancelKey opened(ClientSession session) {
        open.add(session);
        return cancels().register(session);
    }

    void closed(ClientSession session, CancelKey key) {
        open.remove(session);
        cancels().remove(key);
        if (open.isEmpty()) {
            whenEmpty.run();
        }
    }

    public void refused(ProxyFailure failure) {
        world.metrics().refused(failure.kind(), failure.sqlState().code());
    }

    /** What there is to count of each database at this moment. */
    public List<DatabaseFigures> figures() {
        return databases.values().stream().map(Database::figures).toList();
    }

    /**
     * Who has woken a database and who keeps it awake, as JSON; empty: there is no such database.
     *
     * @param name {@code namespace/name}
     */
    public Optional<String> why(String name) {
        return databases.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equals(name))
                .findFirst()
                .map(entry -> entry.getValue().why().json());
    }

    public int count() {
        return open.size();
    }

    /** @param then runs when the last session is gone, at once if none is there */
    public void whenEmpty(Runnable then) {
        whenEmpty = then;
        if (open.isEmpty()) {
            then.run();
        }
    }

    /** Quiet sessions end now, the others when they are quiet; or now too, the second time. */
    public void drainEnded() {
        List.copyOf(open).forEach(ClientSession::drainEnded);
    }
}
