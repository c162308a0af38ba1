package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.sleep.SleepPlanner;
import dev.railwaypostgres.sleep.SleepPolicy;
import dev.railwaypostgres.sleep.SleepTerms;
import dev.railwaypostgres.sleep.Wishes.Wish;
import dev.railwaypostgres.sleep.compute.AdminLogin;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import dev.railwaypostgres.sleep.compute.Password;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/** One database, a proxy that can be killed and started again, and all that is around them. */
final class World {
    static final Duration AFTER_IDLE = Duration.ofMinutes(5);

    final FakeClock clock = new FakeClock();
    final Fuse fuse = new Fuse();
    final FakeRailway railway = new FakeRailway(clock, fuse);
    final FakePostgres postgres = new FakePostgres(railway, clock, fuse);
    final List<Readiness> told = new ArrayList<>();
    int connects;

    Keeper keeper;
    RoleKeeper roles;
    Inbox inbox;

    private final Path folder;
    private ComputeWatch<String> watch;

    World(Path folder) {
        this.folder = folder;
        start();
    }

    /** A new process: nothing of what the one before knew is left, but the files. */
    private void start() {
        watch = new ComputeWatch<>(postgres, clock, _ -> {}, neverFires());
        inbox = new Inbox();
        roles = new RoleKeeper(database().name(), store(), () -> {});
        var environment = new RailwayEnvironment(
                () -> {
                    connects++;
                    return railway.client();
                },
                null,
                clock);
        keeper = new Keeper(
                database(),
                new Keeper.Tools(
                        new DatabaseObserver(database(), environment, watch, clock),
                        new SleepPlanner(SleepTerms.DEFAULT),
                        new DatabaseActuator(database().name(), environment, watch, roles),
                        watch,
                        roles,
                        clock),
                inbox,
                () -> told.add(keeper.readiness()));
    }

    private RoleStore store() {
        try {
            return RoleStore.in(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StandaloneSettings.Database database() {
        return new StandaloneSettings.Database(
                "orders",
                FakeRailway.SERVICE,
                new AdminLogin(
                        new ComputeAddress("postgres.railway.internal", 5432),
                        "postgres",
                        "railway",
                        "us",
                        new Password("secret")),
                "*",
                new SleepPolicy(AFTER_IDLE, false, SleepPolicy.Ignored.NOBODY),
                PoolPolicy.defaults());
    }

    void restart() {
        postgres.loseProxy();
        start();
    }

    /** One pass, after Postgres was looked at. */
    Duration pass() {
        watch.look(database().name());
        return keeper.tryPass();
    }

    /** Passes as time goes by, until something is so. */
    void passUntil(BooleanSupplier done) {
        for (int passes = 0; passes < 400; passes++) {
            if (done.getAsBoolean()) {
                return;
            }
            var next = pass();
            clock.advance(clamp(next));
        }
        throw new AssertionError("It never came to that; now " + keeper.readiness() + ", " + railway.calls);
    }

    void passUntil(Readiness readiness) {
        passUntil(() -> keeper.readiness() == readiness);
    }

    void fallAsleep() {
        passUntil(Readiness.AWAKE);
        clock.advance(AFTER_IDLE);
        passUntil(Readiness.ASLEEP);
    }

    void askForWake() {
        inbox.wake(new Wish(clock.instant(), "app/psql/10.0.0.1:5555"));
    }

    void askForHold() {
        inbox.hold(new Wish(clock.instant(), "temporary objects (psql 10.0.0.1:5555)"));
    }

    private static ScheduledExecutorService neverFires() {
        var timer = Executors.newSingleThreadScheduledExecutor();
        timer.shutdown();
        return timer;
    }

    private static Duration clamp(Duration next) {
        if (next.compareTo(Duration.ofMillis(20)) < 0) {
            return Duration.ofMillis(20);
        }
        return next.compareTo(Duration.ofSeconds(10)) > 0 ? Duration.ofSeconds(10) : next;
    }
}
