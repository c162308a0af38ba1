package dev.railwaypostgres.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.sleep.SleepBarrier.Passed;
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
import org.junit.jupiter.api.Test;
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
    record View(
            ComputeSight compute,
            LoginSight login,
            Wishes wishes,
            boolean ordered,
            boolean comesBack,
            boolean newSettings,
            boolean needsStart) {
        static View of(ComputeSight compute, LoginSight login) {
            return new View(compute, login, Wishes.NONE, false, false, false, false);
        }

        View wake(Instant at) {
            return new View(
                    compute,
                    login,
                    new Wishes(wish(at), Optional.empty()),
                    ordered,
                    comesBack,
                    newSettings,
                    needsStart);
        }

        View hold(Instant at) {
            return new View(
                    compute,
                    login,
                    new Wishes(Optional.empty(), wish(at)),
                    ordered,
                    comesBack,
                    newSettings,
                    needsStart);
        }

        View byOrder() {
            return new View(compute, login, wishes, true, comesBack, newSettings, needsStart);
        }

        View thatComesBack() {
            return new View(compute, login, wishes, ordered, true, newSettings, needsStart);
        }

        /** Of the kind that takes a start. */
        View withNewSettings() {
            return new View(compute, login, wishes, ordered, comesBack, true, true);
        }

        View withNewParameters() {
            return new View(compute, login, wishes, ordered, comesBack, true, false);
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
                row("a backup blocks", active(), View.of(UP, in(LONG_AGO, State.BACKING_UP)), Phase.ACTIVE),
                row("a transaction blocks", active(), View.of(UP, in(LONG_AGO, State.IN_TRANSACTION)), Phase.ACTIVE),
                row("ordered to sleep", active(), View.of(UP, in(NOW)).byOrder(), Phase.SUSPENDING),
                row(
                        "ordered to sleep under a statement",
                        active(),
                        View.of(UP, in(NOW, State.ACTIVE)).byOrder(),
                        Phase.ACTIVE),
                row("new settings", active(), View.of(UP, in(NOW)).withNewSettings(), Phase.SUSPENDING),
                row("new parameters", active(), View.of(UP, in(NOW)).withNewParameters(), Phase.ACTIVE),
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
                row(
                        "fenced, nobody left, and Railway would start it again",
                        suspending("0/1"),
                        View.of(UP, fenced()).thatComesBack(),
                        Phase.SUSPENDING,
                        SleepStep.ForceStop.class,
                        SleepStep.LeaveCompute.class),
                row(
                        "just started again after it had ended",
                        suspending("0/1", NOW.minusSeconds(20)),
                        View.of(UP, restarted(false)),
                        Phase.SUSPENDING),
                row(
                        "started again after it had ended",
                        suspending("0/1", NOW.minusSeconds(20)),
                        View.of(UP, restarted(false, NOW.minusSeconds(10))),
                        Phase.SUSPENDING),
                row(
                        "started again before it was checkpointed",
                        suspending(null, NOW.minusSeconds(20)),
                        View.of(UP, restarted(false, NOW.minusSeconds(10))),
                        Phase.SUSPENDING),
                row(
                        "fenced again after it had been started again",
                        suspending("0/1"),
                        View.of(UP, restarted(true)),
                        Phase.SUSPENDING,
                        SleepStep.ForceStop.class,
                        SleepStep.LeaveCompute.class),
                row(
                        "started again whatever Railway is asked",
                        suspending("0/1", NOW.minusSeconds(120)),
                        View.of(UP, restarted(false)),
                        Phase.ACTIVE),
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
                row(
                        "asleep, with new parameters",
                        suspended(SleepReason.IDLE),
                        View.of(DOWN, NONE).withNewParameters(),
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
        SleepPolicy hasty = new SleepPolicy(Duration.ofSeconds(1), false, SleepPolicy.Ignored.NOBODY);

        SleepDecision decision = planner.plan(
                calledOff,
                new SleepView(hasty, held.wishes(), held.compute(), held.login(), new Passed(), false, false, false),
                NOW);

        assertThat(decision.state().phase()).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"0, STOP", "30, STOP", "60, REMOVE", "90, CANCEL"})
    void insistsEverMoreOnTheEndOfAComputeThatComesBack(int seconds, SleepStep.Means means) {
        SleepState suspending = suspending("0/1", NOW.minusSeconds(seconds + 1));

        SleepDecision decision =
                planner.plan(suspending, view(View.of(UP, restarted(true)).thatComesBack()), NOW);

        assertThat(decision.steps()).startsWith(new SleepStep.ForceStop(means));
    }

    @Test
    void beginsAnewWhenTheComputeHasComeBack() {
        SleepState before = suspending("0/1", NOW.minusSeconds(20));

        SleepState anew = planner.plan(before, view(View.of(UP, restarted(false, NOW.minusSeconds(10)))), NOW)
                .state();

        assertThat(anew).isEqualTo(before.suspendingAnew(NOW));
        assertThat(anew.lsn()).isNull();
        assertThat(planner.plan(anew, view(View.of(UP, restarted(false, NOW.minusSeconds(10)))), NOW)
                        .steps())
                .containsExactly(new SleepStep.Checkpoint());
    }

    @Test
    void remembersWhatWasAskedForBeforeItBeganAnew() {
        Instant begun = NOW.minusSeconds(20);
        SleepState anew = suspending("0/1", begun).suspendingAnew(NOW.minusSeconds(5));

        assertThat(planner.plan(anew, view(View.of(UP, restarted(false)).wake(begun.plusSeconds(1))), NOW)
                        .state()
                        .phase())
                .isEqualTo(Phase.ACTIVE);
        assertThat(anew.suspended(NOW).begun()).isEqualTo(begun);
    }

    @Test
    void saysThatItGivesUpOnAComputeThatComesBack() {
        SleepState suspending = suspending("0/1", NOW.minusSeconds(120));

        assertThat(planner.plan(suspending, view(View.of(UP, restarted(false))), NOW)
                        .trouble())
                .contains(new SleepTrouble.ComesBack());
    }

    @Test
    void ignoresWhoeverComesFromWithinTheContainerIfToldTo() {
        ClientBackend script = new ClientBackend(7, "postgres", "psql", State.ACTIVE, JUST_NOW, null, null);
        LoginSight seen = login(false, LONG_AGO, new ActivitySnapshot(NOW, LONG_AGO, List.of(script), 1));

        assertThat(idle(seen, SleepPolicy.Ignored.NOBODY)).isEqualTo(Phase.ACTIVE);
        assertThat(idle(seen, new SleepPolicy.Ignored(Set.of(), Set.of(), true)))
                .isEqualTo(Phase.SUSPENDING);
    }

    private Phase idle(LoginSight login, SleepPolicy.Ignored ignored) {
        SleepPolicy policy = new SleepPolicy(Duration.ofMinutes(5), false, ignored);
        return planner.plan(
                        active(), new SleepView(policy, Wishes.NONE, UP, login, new Passed(), false, false, false), NOW)
                .state()
                .phase();
    }

    private static Row row(String story, SleepState state, View view, Phase next, Class<?>... steps) {
        return new Row(story, state, view, next, List.of(steps));
    }

    private static SleepView view(View view) {
        SleepPolicy policy = new SleepPolicy(Duration.ofMinutes(5), view.ordered(), SleepPolicy.Ignored.NOBODY);
        return new SleepView(
                policy,
                view.wishes(),
                view.compute(),
                view.login(),
                new Passed(),
                view.comesBack(),
                view.newSettings(),
                view.needsStart());
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

    private static LoginSight restarted(boolean fenced) {
        return restarted(fenced, JUST_NOW);
    }

    private static LoginSight restarted(boolean fenced, Instant startedAt) {
        return login(fenced, LONG_AGO, new ActivitySnapshot(NOW, startedAt, List.of(), 1));
    }

    private static LoginSight login(boolean fenced, Instant lastActivity, State... backends) {
        List<ClientBackend> rows = Stream.of(backends)
                .map(state -> new ClientBackend(7, "app", "psql", state, LONG_AGO, null, "10.0.0.1"))
                .toList();
        return login(fenced, lastActivity, new ActivitySnapshot(NOW, LONG_AGO, rows, 1));
    }

    private static LoginSight login(boolean fenced, Instant lastActivity, ActivitySnapshot activity) {
        return new LoginSight.LoggedIn(
                new ComputeIdentity("1", 1, "17.5", Lsn.INVALID), activity, fenced, lastActivity);
    }
}
