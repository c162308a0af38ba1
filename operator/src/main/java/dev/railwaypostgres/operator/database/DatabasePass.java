package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.compute.OperatorLogin;
import dev.railwaypostgres.operator.database.DatabaseActuator.Target;
import dev.railwaypostgres.operator.events.EventRecorder;
import dev.railwaypostgres.operator.signal.RailwayHome;
import dev.railwaypostgres.operator.status.StatusWriter;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over one database: look, plan, say, act, say what came of it.
 *
 * <p>What is about to be done is written before it is done, so that whoever comes after a crash knows what may have
 * happened; what was done is written even if a later step fails.
 */
public final class DatabasePass {
    private static final Logger LOG = LoggerFactory.getLogger(DatabasePass.class);
    private static final Duration EAGER = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(5);

    private final DatabaseObserver observer;
    private final DatabasePlanner planner;
    private final DatabaseActuator actuator;
    private final DatabaseObserver.Windows windows;
    private final DatabaseSettings settings;
    private final EventRecorder events;
    private final InstantSource clock;

    /** The three nouns that a pass calls one after the other. */
    public record Parts(DatabaseObserver observer, DatabasePlanner planner, DatabaseActuator actuator) {}

    public DatabasePass(Parts parts, DatabaseObserver.Windows windows, DatabaseSettings settings, Outside outside) {
        this.observer = parts.observer();
        this.planner = parts.planner();
        this.actuator = parts.actuator();
        this.windows = windows;
        this.settings = settings;
        this.events = outside.events();
        this.clock = outside.clock();
    }

    /** Whom a pass tells, and what time it is. */
    public record Outside(EventRecorder events, InstantSource clock) {}

    /** Returns after how long to look again at the latest. */
    Duration run(ServerlessDatabase resource, RailwayHome home, Report report) {
        windows.poller()
                .follow(
                        ResourceID.fromResource(resource),
                        home,
                        DatabaseObserver.ref(resource).serviceName());
        DatabaseObservation seen = observer.observe(resource, home, isBeingMade(resource));
        DatabasePlan plan = planner.plan(seen, clock.instant());
        if (plan.looksTwice() && !seen.fresh()) {
            seen = observer.observe(resource, home, true);
            plan = planner.plan(seen, clock.instant());
        }
        report.write(plan.status(), plan.claims());
        tell(resource, plan);
        ServerlessDatabaseStatus done = act(plan, new Target(resource, home, seen, plan.status()), report);
        watch(seen, done, home);
        return plan.lookAfter();
    }

    /** While it is made, every look is followed by an act: an old listing would only lead astray. */
    private static boolean isBeingMade(ServerlessDatabase resource) {
        Phase phase = StatusWriter.current(resource).phase();
        return phase == null || phase == Phase.PROVISIONING;
    }

    /** Nobody looks at it any more. */
    void leave(ServerlessDatabase resource) {
        ResourceID id = ResourceID.fromResource(resource);
        windows.poller().leave(id);
        windows.details().leave(id);
        windows.watch().leave(id);
    }

    private ServerlessDatabaseStatus act(DatabasePlan plan, Target target, Report report) {
        ServerlessDatabaseStatus status = target.status();
        try {
            for (DatabaseStep step : plan.steps()) {
                status = actuator.act(step, new Target(target.resource(), target.home(), target.seen(), status));
                LOG.atInfo()
                        .addKeyValue("database", target.seen().database())
                        .addKeyValue("step", step)
                        .log("A step is done");
            }
        } finally {
            if (!status.equals(plan.status())) {
                report.write(status, plan.claims());
            }
        }
        return status;
    }

    private void tell(ServerlessDatabase resource, DatabasePlan plan) {
        plan.happening().ifPresent(happening -> {
            if (happening.warning()) {
                events.warning(resource, happening.reason(), happening.sentence());
            } else {
                events.normal(resource, happening.reason(), happening.sentence());
            }
        });
    }

    /** Keeps an eye on the compute, as close as its phase deserves. */
    private void watch(DatabaseObservation seen, ServerlessDatabaseStatus status, RailwayHome home) {
        ResourceID id = DatabaseObserver.id(seen.database());
        String address = StatusMemory.objects(status).address();
        Phase phase = status.phase();
        if (address == null || phase == null || seen.credentials().isEmpty() || isDown(phase)) {
            windows.watch().leave(id);
        } else {
            windows.watch()
                    .follow(
                            id,
                            new ComputeWatch.Order(
                                    OperatorLogin.to(
                                            ComputeAddress.parse(address),
                                            seen.credentials().get().admin()),
                                    SleepSpec.policy(seen.spec().suspend()),
                                    pace(phase),
                                    phase == Phase.ACTIVE ? LONG_TIMEOUT : SHORT_TIMEOUT));
        }
        watchDeployment(id, status, home);
    }

    private void watchDeployment(ResourceID id, ServerlessDatabaseStatus status, RailwayHome home) {
        String deployment = StatusMemory.objects(status).deploymentId();
        boolean moving = status.phase() == Phase.WAKING
                || status.phase() == Phase.SUSPENDING
                || status.phase() == Phase.PROVISIONING;
        if (moving && deployment != null) {
            windows.details().watch(id, home, new DeploymentId(deployment));
        } else {
            windows.details().leave(id);
        }
    }

    private static boolean isDown(Phase phase) {
        return phase == Phase.SUSPENDED || phase == Phase.DELETING;
    }

    private Duration pace(Phase phase) {
        return switch (phase) {
            case PROVISIONING, WAKING, RESTORING -> EAGER;
            case ACTIVE, SUSPENDING -> settings.pace();
            case FAILED, SUSPENDED, DELETING -> SLOW;
        };
    }
}
