package dev.railwaypostgres.playground.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.model.SleepMoves.Planning;
import dev.railwaypostgres.playground.model.SleepMoves.Stepping;
import dev.railwaypostgres.playground.model.SleepWorld.Archive;
import dev.railwaypostgres.playground.model.SleepWorld.Client;
import dev.railwaypostgres.playground.model.SleepWorld.Compute;
import dev.railwaypostgres.playground.model.SleepWorld.Durable;
import dev.railwaypostgres.playground.model.SleepWorld.Luck;
import dev.railwaypostgres.playground.model.SleepWorld.Operator;
import dev.railwaypostgres.playground.model.SleepWorld.Power;
import dev.railwaypostgres.playground.model.SleepWorld.Server;
import dev.railwaypostgres.playground.model.SleepWorld.Stage;
import dev.railwaypostgres.proxy.session.SessionEvent;
import dev.railwaypostgres.proxy.session.SessionMachine;
import dev.railwaypostgres.proxy.session.SessionState;
import dev.railwaypostgres.sleep.SleepBarrier;
import dev.railwaypostgres.sleep.SleepPlanner;
import dev.railwaypostgres.sleep.SleepTerms;
import dev.railwaypostgres.sleep.SleepView;
import dev.railwaypostgres.sleep.Wishes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SleepAndWakeModelTest {
    private static final SleepPlanner PLANNER = planner(SleepMoves.TICK);

    @Test
    void keepsItsPromisesInEveryOrderOfEventsWithTwoFaults() {
        keepsItsPromises(explore(PLANNER::plan, SessionMachine::step, 2));
    }

    /** With the wrong restart policy; whether it was read from Railway or shows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsItsPromisesWhenRailwayStartsTheComputeAgainEachTimeItEnds(boolean isKnown) {
        var moves = new SleepMoves(PLANNER::plan, SessionMachine::step, isKnown);

        keepsItsPromises(explore(moves, awake(1, true)));
    }

    private static void keepsItsPromises(Explorer.Finding finding) {
        System.out.printf("sleep and wake: %,d states visited%n", finding.states());
        assertThat(finding.wrong()).isEmpty();
        assertThat(finding.states()).isGreaterThan(10_000);
    }

    @Test
    void catchesAPlannerThatForgetsWakeRequestsFromBeforeTheEnd() {
        Planning forgetful =
                (state, view, now) -> PLANNER.plan(state, state.phase() == Phase.SUSPENDED ? without(view) : view, now);

        assertThat(explore(forgetful, SessionMachine::step, 0).wrong())
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("waits for ever"));
    }

    @Test
    void catchesAPlannerThatEndsASessionAsSoonAsItIsIdle() {
        assertThat(explore(planner(Duration.ZERO)::plan, SessionMachine::step, 0)
                        .wrong())
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("error that nothing forced"));
    }

    @Test
    void catchesAPlannerThatDoesNotAskTheArchive() {
        Planning careless = (state, view, now) -> PLANNER.plan(state, archived(view), now);

        assertThat(explore(careless, SessionMachine::step, 0).wrong())
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("before the archive holds everything"));
    }

    @Test
    void catchesASessionThatRepeatsWhatMayHaveRun() {
        Stepping careless = (state, event) -> SessionMachine.step(
                state,
                event instanceof SessionEvent.ServerLost
                        ? new SessionEvent.ServerLost(SessionEvent.Loss.NOT_BEGUN)
                        : event);

        assertThat(explore(PLANNER::plan, careless, 1).wrong())
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("ran twice"));
    }

    private static Explorer.Finding explore(Planning planner, Stepping machine, int faults) {
        return explore(new SleepMoves(planner, machine, false), awake(faults, false));
    }

    private static Explorer.Finding explore(SleepMoves moves, SleepWorld begin) {
        return new Explorer<>(moves::from, world -> world.luck().wrong(), SleepWorld::isRestful).explore(begin);
    }

    private static SleepView without(SleepView view) {
        return new SleepView(
                view.policy(),
                Wishes.NONE,
                view.compute(),
                view.login(),
                view.passage(),
                view.comesBack(),
                false,
                false);
    }

    private static SleepView archived(SleepView view) {
        return new SleepView(
                view.policy(),
                view.wishes(),
                view.compute(),
                view.login(),
                new SleepBarrier.Passed(),
                view.comesBack(),
                false,
                false);
    }

    private static SleepPlanner planner(Duration parking) {
        Duration tick = SleepMoves.TICK;
        return new SleepPlanner(new SleepTerms(
                parking, tick, tick, tick.multipliedBy(2), tick, tick, tick, tick, tick.multipliedBy(2)));
    }

    private static SleepWorld awake(int faults, boolean comesBack) {
        return new SleepWorld(
                new Durable(Phase.ACTIVE, 0, SleepWorld.NEVER, null, false, false, false),
                new Compute(Power.UP, Power.UP, comesBack, false),
                Archive.SAFE,
                Operator.STARTED,
                List.of(client(2), client(1)),
                new Luck(faults, false, null));
    }

    private static Client client(int statements) {
        return new Client(Phase.ACTIVE, new SessionState.Parked(), Stage.NONE, Server.NONE, 0, 0, statements, false);
    }
}
