package dev.railwaypostgres.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.sleep.Wishes.Wish;
import dev.railwaypostgres.sleep.compute.ActivitySnapshot;
import dev.railwaypostgres.sleep.compute.ClientBackend;
import dev.railwaypostgres.sleep.compute.ClientBackend.State;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SleepPlannerTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));
    private static final Instant JUST_NOW = NOW.minusSeconds(1);
    private static final ComputeSight UP = new ComputeSight.Alive("d1", LONG_AGO);
    private static final ComputeSight DOWN = new ComputeSight.Ended("d1", false, LONG_AGO);
    private static final ComputeSight CRASHED = new ComputeSight.Ended("d1", true, NOW);
    private static final LoginSight NONE = new LoginSight.NotTried();
    private static final LoginSight GONE = new LoginSight.Unreachable("refused", LONG_AGO);

    private final SleepPlanner planner = new SleepPlanner(SleepTerms.DEFAULT);

    /** One line of the table: in such a state, seeing this, where to and by which step. */
    record Row(String story, SleepState state, View view, Phase next, List<Class<?>> steps) {
        @Override
        public String toString() {
            return story;
        }
    }

    /** A view, written briefly. */
    record View(ComputeSight compute, LoginSight login, Wishes wishes, boolean ordered, boolean newSettings) {
        static View of(ComputeSight compute, LoginSight login) {
            return new View(compute, login, Wishes.NONE, false, false);
        }

        View wake(Instant at) {
            return new View(compute, login, new Wishes(wish(at), Optional.empty()), ordered, newSettings);
        }

        View hold(Instant at) {
            return new View(compute, login, new Wishes(Optional.empty(), wish(at)), ordered, newSettings);
        }

        View byOrder() {
            return new View(compute, login, wishes, true, newSettings);
        }

        View withNewSettings() {
            return new View(compute, login, wishes, ordered, true);
        }

        private static Optional<Wish> wish(Instant at) {
            return Optional.of(new Wish(at, "app/psql/10.0.0.1"));
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                row("idle long enough", active(), View.of(UP, in(LONG_AGO)), Phase.SUSPENDING),
                row("idle not long enough", active(), View.of(UP, in(JUST_NOW)), Phase.ACTIVE),
                row("idle sessions do not block", active(), View.of(UP, in(LONG_AGO, State.IDLE)), Phase.SUSPENDING),
                row("a statement blocks", active(), View.of(UP, in(LONG_AGO, State.ACTIVE)), Phase.ACTIVE),
                row("a transaction blocks", active(), View.of(UP, in(LONG_AGO, State.IN_TRANSACTION)), Phase.ACTIVE),
                row("ordered to sleep", active(), View.of(UP, in(NOW)).byOrder(), Phase.SUSPENDING),
                row(
                        "ordered to sleep under a statement",
                        active(),
                        View.of(UP, in(NOW, State.ACTIVE)).byOrder(),
                        Phase.ACTIVE),
                row("new settings", active(), View.of(UP, in(NOW)).withNewSettings(), Phase.SUSPENDING),
                row("crashed", active(), View.of(CRASHED, GONE), Phase.WAKING, SleepStep.Deploy.class),
                row("stopped by others", active(), View.of(DOWN, GONE), Phase.SUSPENDED),
                row("not answering, but there", active(), View.of(UP, GONE), Phase.ACTIVE),
                row(
                        "nobody left",
                        suspending(null),
                        View.of(UP, in(LONG_AGO)),
                        Phase.SUSPENDING,
                        SleepStep.Checkpoint.class),
                row(
                        "checkpointed",
                        suspending("0/1"),
                        View.of(UP, in(LONG_AGO)),
                        Phase.SUSPENDING,
                        SleepStep.Fence.class),
                row("work before the fence", suspending("0/1"), View.of(UP, in(NOW, State.ACTIVE)), Phase.ACTIVE),
                row(
                        "wake before the fence",
                        suspending("0/1"),
                        View.of(UP, in(LONG_AGO)).wake(NOW),
                        Phase.ACTIVE),
                row(
                        "hold before the fence",
                        suspending("0/1"),
                        View.of(UP, in(LONG_AGO)).hold(NOW),
                        Phase.ACTIVE),
                row(
                        "an old wake before the fence",
                        suspending("0/1"),
                        View.of(UP, in(LONG_AGO)).wake(LONG_AGO),
                        Phase.SUSPENDING,
                        SleepStep.Fence.class),
                row(
                        "fenced, and nobody left",
                        suspending("0/1"),
                        View.of(UP, fenced()),
                        Phase.SUSPENDING,
                        SleepStep.LeaveCompute.class),
                row(
                        "fenced, and a wake comes",
                        suspending("0/1"),
                        View.of(UP, fenced()).wake(NOW),
                        Phase.SUSPENDING,
                        SleepStep.LeaveCompute.class),
                row(
                        "fenced, under a statement",
                        suspending("0/1"),
                        View.of(UP, fenced(State.ACTIVE)),
                        Phase.SUSPENDING),
                row("ended", suspending("0/1"), View.of(DOWN, GONE), Phase.SUSPENDED),
                row(
                        "does not end",
                        suspending("0/1", NOW.minusSeconds(40)),
                        View.of(UP, GONE),
                        Phase.SUSPENDING,
                        SleepStep.ForceStop.class),
                row("asleep", suspended(SleepReason.IDLE), View.of(DOWN, NONE), Phase.SUSPENDED),
                row(
                        "asleep, and asked to wake",
                        suspended(SleepReason.IDLE),
                        View.of(DOWN, NONE).wake(NOW),
                        Phase.WAKING,
                        SleepStep.Deploy.class),
                row(
                        "asleep, and asked before it slept",
                        suspended(SleepReason.IDLE),
                        View.of(DOWN, NONE).wake(LONG_AGO.minusSeconds(9)),
                        Phase.SUSPENDED),
                row(
                        "asleep by order, and asked to wake",
                        suspended(SleepReason.REQUESTED),
                        View.of(DOWN, NONE).wake(NOW).byOrder(),
                        Phase.SUSPENDED),
                row(
                        "asleep for a restart",
                        suspended(SleepReason.RESTART),
                        View.of(DOWN, NONE).withNewSettings(),
                        Phase.WAKING,
                        SleepStep.ChangeSettings.class,
                        SleepStep.Deploy.class),
                row(
                        "asleep, with new settings",
                        suspended(SleepReason.IDLE),
                        View.of(DOWN, NONE).withNewSettings(),
                        Phase.SUSPENDED,
                        SleepStep.ChangeSettings.class),
                row("started by Railway", suspended(SleepReason.IDLE), View.of(UP, NONE), Phase.WAKING),
                row("waking, and there", waking(), View.of(UP, in(NOW)), Phase.ACTIVE),
                row("waking, and on its way", waking(), View.of(UP, new LoginSight.StartingUp()), Phase.WAKING),
                row("waking, not started yet", waking(), View.of(DOWN, NONE), Phase.WAKING, SleepStep.Deploy.class),
                row("waking, and just failed", waking(), View.of(CRASHED, GONE), Phase.WAKING));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(Row row) {
        SleepDecision decision = planner.plan(row.state(), view(row.view()), NOW);

        assertThat(decision.state().phase()).isEqualTo(row.next());
        assertThat(decision.steps()).extracting(Object::getClass).isEqualTo(row.steps());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decidesTheSameWhenAskedAgain(Row row) {
        assertThat(planner.plan(row.state(), view(row.view()), NOW))
                .isEqualTo(planner.plan(row.state(), view(row.view()), NOW));
    }

    @ParameterizedTest
    @CsvSource({"9, ACTIVE", "10, SUSPENDING"})
    void asksNoProxyAgainForTenSecondsAfterASessionHasHeldTheDatabaseAwake(int seconds, Phase next) {
        SleepState calledOff = state(Phase.ACTIVE, NOW.minusSeconds(seconds), null, null);
        View held = View.of(UP, in(LONG_AGO, State.IDLE)).hold(NOW.minusSeconds(seconds));
        SleepPolicy hasty = new SleepPolicy(Duration.ofSeconds(1), false, Set.of(), Set.of());

        SleepDecision decision =
                planner.plan(calledOff, new SleepView(hasty, held.wishes(), held.compute(), held.login(), false), NOW);

        assertThat(decision.state().phase()).isEqualTo(next);
    }

    private static Row row(String story, SleepState state, View view, Phase next, Class<?>... steps) {
        return new Row(story, state, view, next, List.of(steps));
    }

    private static SleepView view(View view) {
        SleepPolicy policy = new SleepPolicy(Duration.ofMinutes(5), view.ordered(), Set.of(), Set.of());
        return new SleepView(policy, view.wishes(), view.compute(), view.login(), view.newSettings());
    }

    private static SleepState active() {
        return state(Phase.ACTIVE, LONG_AGO, null, null);
    }

    private static SleepState suspending(@Nullable String lsn) {
        return suspending(lsn, NOW.minusSeconds(10));
    }

    private static SleepState suspending(@Nullable String lsn, Instant since) {
        return state(Phase.SUSPENDING, since, SleepReason.IDLE, lsn);
    }

    private static SleepState suspended(SleepReason reason) {
        return new SleepState(Phase.SUSPENDED, LONG_AGO, LONG_AGO, reason, "0/1", null);
    }

    private static SleepState waking() {
        return state(Phase.WAKING, JUST_NOW, SleepReason.IDLE, "0/1");
    }

    private static SleepState state(Phase phase, Instant since, @Nullable SleepReason reason, @Nullable String lsn) {
        return new SleepState(phase, since, null, reason, lsn, null);
    }

    private static LoginSight in(Instant lastActivity, State... backends) {
        return login(false, lastActivity, backends);
    }

    private static LoginSight fenced(State... backends) {
        return login(true, LONG_AGO, backends);
    }

    private static LoginSight login(boolean fenced, Instant lastActivity, State... backends) {
        List<ClientBackend> rows = Stream.of(backends)
                .map(state -> new ClientBackend(7, "app", "psql", state, LONG_AGO, null, "10.0.0.1"))
                .toList();
        return new LoginSight.LoggedIn(
                new ComputeIdentity("1", 1, "17.5"), new ActivitySnapshot(NOW, rows, 1), fenced, lastActivity);
    }
}
