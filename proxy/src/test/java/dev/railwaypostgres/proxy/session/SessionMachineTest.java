package dev.railwaypostgres.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.park.ParkBlocker;
import dev.railwaypostgres.proxy.session.SessionEffect.CancelOnServer;
import dev.railwaypostgres.proxy.session.SessionEffect.CloseClient;
import dev.railwaypostgres.proxy.session.SessionEffect.EndSession;
import dev.railwaypostgres.proxy.session.SessionEffect.FailHeldWork;
import dev.railwaypostgres.proxy.session.SessionEffect.FailSentWork;
import dev.railwaypostgres.proxy.session.SessionEffect.KeepAwake;
import dev.railwaypostgres.proxy.session.SessionEffect.RequestServer;
import dev.railwaypostgres.proxy.session.SessionEffect.ReturnServer;
import dev.railwaypostgres.proxy.session.SessionEffect.SendHeldWork;
import dev.railwaypostgres.proxy.session.SessionEffect.WithdrawRequest;
import dev.railwaypostgres.proxy.session.SessionEvent.CancelAsked;
import dev.railwaypostgres.proxy.session.SessionEvent.ClientLeft;
import dev.railwaypostgres.proxy.session.SessionEvent.DatabaseAsleep;
import dev.railwaypostgres.proxy.session.SessionEvent.DrainEnded;
import dev.railwaypostgres.proxy.session.SessionEvent.LoggedIn;
import dev.railwaypostgres.proxy.session.SessionEvent.Loss;
import dev.railwaypostgres.proxy.session.SessionEvent.ServerLeased;
import dev.railwaypostgres.proxy.session.SessionEvent.ServerLost;
import dev.railwaypostgres.proxy.session.SessionEvent.ServerRefused;
import dev.railwaypostgres.proxy.session.SessionEvent.ServerWanted;
import dev.railwaypostgres.proxy.session.SessionEvent.StartupRead;
import dev.railwaypostgres.proxy.session.SessionEvent.WorkArrived;
import dev.railwaypostgres.proxy.session.SessionEvent.WorkDone;
import dev.railwaypostgres.proxy.session.SessionState.Authenticating;
import dev.railwaypostgres.proxy.session.SessionState.Closed;
import dev.railwaypostgres.proxy.session.SessionState.Farewell;
import dev.railwaypostgres.proxy.session.SessionState.Leasing;
import dev.railwaypostgres.proxy.session.SessionState.Parked;
import dev.railwaypostgres.proxy.session.SessionState.Relaying;
import dev.railwaypostgres.proxy.session.SessionState.Started;
import dev.railwaypostgres.proxy.session.SessionState.Waking;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The machine as a table: a state, an event, the state after it and what is done. */
class SessionMachineTest {
    private static final ProxyFailure LATE = new ProxyFailure.WakeTimedOut(Duration.ofMinutes(2));
    private static final EndSession BYE = new EndSession(new ProxyFailure.ShuttingDown());
    private static final Relaying QUIET = new Relaying(false, null, Farewell.NONE);
    private static final Relaying BUSY = new Relaying(true, null, Farewell.NONE);
    private static final Relaying PINNED = new Relaying(false, ParkBlocker.LISTEN, Farewell.NONE);
    private static final WorkDone DONE = new WorkDone(null);

    static Stream<Arguments> table() {
        return Stream.of(
                row(new Started(), new StartupRead(), new Authenticating()),
                row(new Authenticating(), new LoggedIn(), new Parked()),
                row(new Started(), new DrainEnded(), new Closed(), BYE),
                row(new Parked(), new WorkArrived(), new Leasing(), new RequestServer()),
                row(new Parked(), new ServerWanted(Farewell.SUSPEND), new Parked()),
                row(new Parked(), new CancelAsked(), new Parked()),
                row(new Parked(), new DrainEnded(), new Closed(), BYE),
                row(new Parked(), new ServerLeased(), new Parked(), new ReturnServer()),
                row(new Leasing(), new ServerLeased(), BUSY, new SendHeldWork()),
                row(new Leasing(), new DatabaseAsleep(), new Waking()),
                row(new Waking(), new ServerLeased(), BUSY, new SendHeldWork()),
                row(new Waking(), new ServerRefused(LATE), new Parked(), new FailHeldWork(LATE)),
                row(
                        new Waking(),
                        new CancelAsked(),
                        new Parked(),
                        new WithdrawRequest(),
                        new FailHeldWork(new ProxyFailure.Cancelled())),
                row(new Waking(), new ClientLeft(), new Closed(), new WithdrawRequest(), new CloseClient()),
                row(new Waking(), new DrainEnded(), new Closed(), new WithdrawRequest(), BYE),
                row(QUIET, new WorkArrived(), BUSY),
                row(BUSY, DONE, QUIET),
                row(BUSY, new WorkDone(ParkBlocker.LISTEN), PINNED),
                row(QUIET, new ServerWanted(Farewell.SUSPEND), new Parked(), new ReturnServer()),
                row(QUIET, new ServerWanted(Farewell.QUEUE), new Parked(), new ReturnServer()),
                row(
                        PINNED,
                        new ServerWanted(Farewell.SUSPEND),
                        new Relaying(false, ParkBlocker.LISTEN, Farewell.SUSPEND),
                        new KeepAwake(ParkBlocker.LISTEN)),
                row(
                        BUSY,
                        new ServerWanted(Farewell.SUSPEND),
                        new Relaying(true, null, Farewell.SUSPEND),
                        new KeepAwake(ParkBlocker.OPEN_WORK)),
                row(new Relaying(true, null, Farewell.SUSPEND), DONE, new Parked(), new ReturnServer()),
                row(new Relaying(true, null, Farewell.SUSPEND), new ServerWanted(Farewell.NONE), BUSY),
                row(QUIET, new ServerLost(Loss.UNANSWERED), new Parked(), new ReturnServer()),
                row(
                        PINNED,
                        new ServerLost(Loss.UNANSWERED),
                        new Closed(),
                        new ReturnServer(),
                        new EndSession(new ProxyFailure.SessionLost("LISTEN"))),
                row(BUSY, new ServerLost(Loss.NOT_BEGUN), new Leasing(), new ReturnServer(), new RequestServer()),
                row(
                        BUSY,
                        new ServerLost(Loss.UNANSWERED),
                        new Parked(),
                        new ReturnServer(),
                        new FailSentWork(new ProxyFailure.StatementLost())),
                row(
                        BUSY,
                        new ServerLost(Loss.ANSWERED),
                        new Closed(),
                        new ReturnServer(),
                        new EndSession(new ProxyFailure.SessionLost("work unfinished"))),
                row(BUSY, new CancelAsked(), BUSY, new CancelOnServer()),
                row(QUIET, new CancelAsked(), QUIET),
                row(QUIET, new DrainEnded(), new Closed(), new ReturnServer(), BYE),
                row(BUSY, new DrainEnded(), new Relaying(true, null, Farewell.DRAIN)),
                row(new Relaying(true, null, Farewell.DRAIN), DONE, new Closed(), new ReturnServer(), BYE),
                row(
                        new Relaying(true, null, Farewell.DRAIN),
                        new DrainEnded(),
                        new Closed(),
                        new CancelOnServer(),
                        new ReturnServer(),
                        BYE),
                row(new Closed(), new ServerLeased(), new Closed(), new ReturnServer()),
                row(new Closed(), new WorkArrived(), new Closed()));
    }

    private static Arguments row(SessionState from, SessionEvent event, SessionState to, SessionEffect... effects) {
        return Arguments.of(from, event, to, List.of(effects));
    }

    @ParameterizedTest
    @MethodSource("table")
    void decides(SessionState from, SessionEvent event, SessionState to, List<SessionEffect> effects) {
        assertThat(SessionMachine.step(from, event)).isEqualTo(new SessionStep(to, effects));
    }

    @Test
    void closesOnceFromEveryState() {
        for (var state :
                List.of(new Started(), new Authenticating(), new Parked(), new Leasing(), new Waking(), BUSY)) {
            var step = SessionMachine.step(state, new ClientLeft());
            assertThat(step.state()).isEqualTo(new Closed());
            assertThat(step.effects()).endsWith(new CloseClient());
        }
    }
}
