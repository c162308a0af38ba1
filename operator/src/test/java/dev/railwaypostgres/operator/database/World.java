package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseSpec;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.Suspend;
import dev.railwaypostgres.operator.failure.FailurePolicy;
import dev.railwaypostgres.operator.signal.RailwayDetails;
import dev.railwaypostgres.operator.signal.RailwayHome;
import dev.railwaypostgres.operator.signal.RailwayPoller;
import dev.railwaypostgres.operator.status.Claim;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.Conditions;
import dev.railwaypostgres.operator.status.StatusWriter;
import dev.railwaypostgres.sleep.SleepTerms;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/** One database, an operator that can be killed and started again, and all that is around them. */
final class World {
    static final Duration AFTER_IDLE = Duration.ofMinutes(5);
    static final String UID = "0f8fad5b-d9cb-469f-a165-70867728950e";

    final FakeClock clock = new FakeClock();
    final Fuse fuse = new Fuse();
    final FakeRailway railway = new FakeRailway(clock, fuse);
    final FakePostgres postgres = new FakePostgres(railway, clock, fuse);
    final FakeSecrets secrets = new FakeSecrets(fuse);
    final FakeArchive archive = new FakeArchive();
    final ServerlessDatabase database = database("orders");
    final List<String> events = new ArrayList<>();
    int statusWrites;

    private DatabasePass pass;
    private RailwayPoller poller;
    private DatabaseDeletion deletion;
    private ComputeWatch<ResourceID> watch;

    World() {
        startOperator();
    }

    static ServerlessDatabase database(String name) {
        ServerlessDatabase database = new ServerlessDatabase();
        database.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName(name)
                .withUid(UID)
                .withGeneration(1L)
                .withAnnotations(new LinkedHashMap<>())
                .build());
        database.setSpec(Specs.plain());
        return database;
    }

    // ---- the operator

    /** A new process: nothing of what the one before knew is left, but what it wrote. */
    void startOperator() {
        poller = new RailwayPoller(clock, Duration.ofMinutes(1), _ -> {});
        RailwayDetails details = new RailwayDetails(clock, _ -> {});
        watch = new ComputeWatch<>(postgres, clock, _ -> {}, neverFires());
        VolumeRequests volumes = new VolumeRequests(clock);
        DatabaseObserver.Windows windows = new DatabaseObserver.Windows(poller, details, watch, secrets, archive);
        DatabaseSettings settings = new DatabaseSettings(
                "registry.test/compute:{major}", new ProxyEntrance("db.test", 5432, null), Duration.ofSeconds(2));
        DatabaseObserver observer = new DatabaseObserver(windows, settings, volumes, clock);
        DatabaseActuator actuator = new DatabaseActuator(details, volumes, windows);
        pass = new DatabasePass(
                new DatabasePass.Parts(observer, new DatabasePlanner(SleepTerms.DEFAULT), actuator),
                windows,
                settings,
                new DatabasePass.Outside((_, _, reason, message) -> events.add(reason + ": " + message), clock));
        deletion = new DatabaseDeletion(observer, actuator, (_, _, reason, _) -> events.add(reason.toString()));
    }

    void killOperator() {
        postgres.loseOperator();
        startOperator();
    }

    /** One pass, after Postgres was looked at. */
    Duration pass() {
        watch.look(ResourceID.fromResource(database));
        return pass.run(database, home(), this::write);
    }

    /** The resync that comes by once a minute. */
    void lookAtRailway() {
        poller.fresh(home());
    }

    /** Passes as time goes by, until something is so. */
    void passUntil(BooleanSupplier done) {
        for (int passes = 0; passes < 400; passes++) {
            if (done.getAsBoolean()) {
                return;
            }
            Duration next = pass();
            clock.advance(clamp(next));
        }
        throw new AssertionError("It never came to that; now: " + status() + ", writes " + railway.writes);
    }

    void passUntil(Phase phase) {
        passUntil(() -> status().phase() == phase);
    }

    boolean delete() {
        return deletion.run(database, home(), this::write);
    }

    void deleteAll() {
        for (int tries = 0; tries < 10; tries++) {
            if (delete()) {
                return;
            }
        }
        throw new AssertionError("Never gone");
    }

    void provision() {
        passUntil(Phase.ACTIVE);
    }

    void fallAsleep() {
        clock.advance(AFTER_IDLE);
        passUntil(Phase.SUSPENDED);
    }

    /** What the reconciler does with what a pass has thrown. */
    void judge(RuntimeException failure) {
        new FailureReport((_, _, reason, message) -> events.add(reason + ": " + message))
                .tell(database, FailurePolicy.judge(failure), failure, this::write);
    }

    // ---- the user and the proxies

    ServerlessDatabaseStatus status() {
        return StatusWriter.current(database);
    }

    Instant since() {
        return StatusMemory.since(status(), clock.instant());
    }

    ServerlessDatabaseStatus.RailwayObjects objects() {
        return StatusMemory.objects(status());
    }

    ServerlessDatabaseStatus.Sleep sleep() {
        return StatusMemory.sleep(status());
    }

    ServerlessDatabaseStatus.Wake lastWake() {
        return Objects.requireNonNull(sleep().lastWake());
    }

    Condition ready() {
        return condition(ConditionType.READY);
    }

    Condition condition(ConditionType type) {
        return type.in(status()).orElseThrow();
    }

    void askForWake() {
        annotate(WishAnnotations.WAKE, clock.instant() + " app/psql/10.0.0.1:5555");
    }

    void askForHold() {
        annotate(WishAnnotations.HOLD, clock.instant() + " LISTEN (psql 10.0.0.1:5555)");
    }

    void edit(ServerlessDatabaseSpec spec) {
        database.setSpec(spec);
        database.getMetadata().setGeneration(database.getMetadata().getGeneration() + 1);
    }

    void edit(Suspend suspend) {
        edit(Specs.with(suspend));
    }

    private void annotate(String name, String value) {
        database.getMetadata().getAnnotations().put(name, value);
    }

    private RailwayHome home() {
        return new RailwayHome(railway, FakeRailway.PROJECT, FakeRailway.ENVIRONMENT);
    }

    // ---- the cluster

    private void write(ServerlessDatabaseStatus status, Collection<Claim> claims) {
        ServerlessDatabaseStatus before = status();
        boolean samePhase = before.phase() == status.phase() && before.phaseSince() != null;
        ServerlessDatabaseStatus next = new ServerlessDatabaseStatus(
                database.getMetadata().getGeneration(),
                status.phase(),
                samePhase
                        ? before.phaseSince()
                        : clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                status.endpoint(),
                status.connectionSecretName(),
                status.railway(),
                status.deployedConfiguration(),
                status.sleep(),
                status.archive(),
                status.replicas(),
                status.cost(),
                Conditions.merge(
                        before.conditions(), claims, database.getMetadata().getGeneration(), clock.instant()));
        if (!next.equals(before)) {
            statusWrites++;
            database.setStatus(next);
            fuse.effect();
        }
    }

    private static ScheduledExecutorService neverFires() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
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
