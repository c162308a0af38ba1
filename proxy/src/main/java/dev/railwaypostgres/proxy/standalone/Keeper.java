package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.sleep.LoginSight;
import dev.railwaypostgres.sleep.SleepDecision;
import dev.railwaypostgres.sleep.SleepPlanner;
import dev.railwaypostgres.sleep.SleepState;
import dev.railwaypostgres.sleep.compute.ComputeException;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one database, pass by pass: look, let the planner decide, remember, tell, act. One thread at a time.
 *
 * <p>What it remembers need not outlive it. A keeper that knows nothing takes the database for awake, and the first look
 * shows what it is; wishes of clients are gone with the clients, which were this process's own.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration EAGER = Duration.ofMillis(100);
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final Duration RESYNC = Duration.ofSeconds(60);

    /** Between two passes in any case: a step without effect must not be tried in a tight circle. */
    private static final Duration A_BREATH = Duration.ofMillis(20);

    private final StandaloneSettings.Database database;
    private final Tools tools;
    private final Inbox inbox;
    private final Runnable onNews;
    private final Chronicle chronicle;
    private final Failures failures;
    private volatile Readiness readiness = Readiness.UNKNOWN;
    private Memory memory;
    private @Nullable RolesSnapshot rolesSeen;

    /** What a keeper works with. */
    record Tools(
            DatabaseObserver observer,
            SleepPlanner planner,
            DatabaseActuator actuator,
            ComputeWatch<String> watch,
            RoleKeeper roles,
            InstantSource clock) {}

    /** @param onNews called when the readiness has changed */
    Keeper(StandaloneSettings.Database database, Tools tools, Inbox inbox, Runnable onNews) {
        this.database = database;
        this.tools = tools;
        this.inbox = inbox;
        this.onNews = onNews;
        this.chronicle = new Chronicle(database.name());
        this.failures = new Failures(database.name());
        this.memory = new Memory(SleepState.active(tools.clock().instant()), null);
    }

    Readiness readiness() {
        return readiness;
    }

    /** Who may log in: as Postgres says now if it is awake, else as it said last; empty if it never did. Blocks. */
    Optional<RoleSnapshot> roles() {
        if (readiness == Readiness.AWAKE) {
            lookAtRoles();
        }
        return tools.roles().known();
    }

    private void lookAtRoles() {
        try {
            var _ = tools.watch().call(database.name(), tools.roles()::look);
        } catch (ComputeException | IllegalStateException e) {
            LOG.atDebug().setCause(e).addKeyValue("database", database.name()).log("roles were not looked at");
        }
    }

    /** Passes until it is interrupted. */
    void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                inbox.await(tryPass());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The edge: one pass, whatever comes of it. Returns after how long to look again at the latest. */
    Duration tryPass() {
        try {
            var pause = pass();
            failures.over();
            return pause;
        } catch (RuntimeException e) {
            return Thread.currentThread().isInterrupted() ? Duration.ZERO : failed(e);
        } finally {
            watchOver(memory.state().phase());
        }
    }

    private Duration failed(RuntimeException failure) {
        if (failure instanceof RailwayException.NotFound) {
            become(Readiness.UNKNOWN);
        }
        return failures.note(failure);
    }

    private Duration pass() {
        var seen = tools.observer().look(memory, inbox.wishes());
        var decision =
                tools.planner().plan(memory.state(), seen.view(), tools.clock().instant());
        memory = memory.with(decision.state());
        chronicle.tell(decision);
        become(readiness(decision.state().phase()));
        keepRoles(seen.view().login());
        for (var step : decision.steps()) {
            memory = tools.actuator().act(step, seen, memory);
            LOG.atDebug()
                    .addKeyValue("database", database.name())
                    .addKeyValue("step", step)
                    .log("a step is done");
        }
        return lookAfter(decision);
    }

    private Duration lookAfter(SleepDecision decision) {
        var state = decision.state();
        boolean isAwaited = state.phase() == Phase.SUSPENDING && DatabaseObserver.isAwaited(state, inbox.wishes());
        return clamp(decision.lookAfter(), isAwaited ? DatabaseObserver.AT_ONCE : RESYNC);
    }

    private static Duration clamp(Duration lookAfter, Duration atMost) {
        if (lookAfter.compareTo(A_BREATH) < 0) {
            return A_BREATH;
        }
        return lookAfter.compareTo(atMost) < 0 ? lookAfter : atMost;
    }

    /** Only what is news: the watch looks at roles now and then, and others may have looked since. */
    private void keepRoles(LoginSight login) {
        var seen = tools.watch().roles(database.name()).orElse(null);
        if (login instanceof LoginSight.LoggedIn in && seen != null && !seen.equals(rolesSeen)) {
            rolesSeen = seen;
            var _ = tools.roles().keep(in.identity(), seen);
        }
    }

    private void become(Readiness now) {
        if (now != readiness) {
            readiness = now;
            onNews.run();
        }
    }

    private static Readiness readiness(Phase phase) {
        return switch (phase) {
            case ACTIVE -> Readiness.AWAKE;
            case SUSPENDING -> Readiness.SUSPENDING;
            case SUSPENDED -> Readiness.ASLEEP;
            case WAKING -> Readiness.WAKING;
            case PROVISIONING, RESTORING, FAILED, DELETING -> Readiness.UNKNOWN;
        };
    }

    /** Keeps an eye on Postgres, as close as the phase deserves. */
    private void watchOver(Phase phase) {
        if (phase == Phase.SUSPENDED) {
            tools.watch().leave(database.name());
            return;
        }
        tools.watch()
                .follow(
                        database.name(),
                        new ComputeWatch.Order(
                                database.login(),
                                database.sleep(),
                                phase == Phase.WAKING ? EAGER : PACE,
                                phase == Phase.ACTIVE ? LONG_TIMEOUT : SHORT_TIMEOUT));
    }
}
