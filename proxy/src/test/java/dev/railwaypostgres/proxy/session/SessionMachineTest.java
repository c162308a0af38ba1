package dev.railwaypostgres.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.park.Pin;
import dev.railwaypostgres.proxy.session.SessionEffect.CancelOnServer;
import dev.railwaypostgres.proxy.session.SessionEffect.CheckServer;
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
import dev.railwaypostgres.proxy.session.SessionEvent.Dismissed;
import dev.railwaypostgres.proxy.session.SessionEvent.DrainEnded;
import dev.railwaypostgres.proxy.session.SessionEvent.LoggedIn;
import dev.railwaypostgres.proxy.session.SessionEvent.Loss;
import dev.railwaypostgres.proxy.session.SessionEvent.ServerLeased;
import dev.railwaypostgres.proxy.session.SessionEvent.ServerLost;
import dev.railwaypostgres.proxy.session.SessionEvent.ServerNeeded;
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
    private static final Relaying BUSY = busy(Farewell.NONE);
    private static final Relaying LISTENING = new Relaying(false, Pin.LISTEN, false, Farewell.NONE);
    private static final Relaying HOLDING = new Relaying(false, Pin.TEMPORARY_OBJECT, false, Farewell.NONE);
    private static final Relaying SUSPECTED = new Relaying(false, Pin.ADVISORY_LOCK, true, Farewell.NONE);
    private static final WorkDone DONE = new WorkDone(null, false);

    private static Relaying busy(Farewell farewell) {
        return new Relaying(true, null, false, farewell);
    }

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
                row(new Parked(), new ServerNeeded(), new Leasing(), new RequestServer()),
                row(new Parked(), new Dismissed(LATE), new Closed(), new EndSession(LATE)),
                row(new Waking(), new Dismissed(LATE), new Closed(), new WithdrawRequest(), new EndSession(LATE)),
                row(BUSY, DONE, new Parked(), new ReturnServer()),
                row(BUSY, new WorkDone(Pin.LISTEN, false), LISTENING),
                row(BUSY, new WorkDone(Pin.ADVISORY_LOCK, true), SUSPECTED),
                row(LISTENING, new WorkArrived(), new Relaying(true, Pin.LISTEN, false, Farewell.NONE)),
                row(LISTENING, new ServerWanted(Farewell.SUSPEND), new Parked(), new ReturnServer()),
                row(LISTENING, new ServerWanted(Farewell.QUEUE), LISTENING),
                row(
                        HOLDING,
                        new ServerWanted(Farewell.SUSPEND),
                        new Relaying(false, Pin.TEMPORARY_OBJECT, false, Farewell.SUSPEND),
                        new KeepAwake(Pin.TEMPORARY_OBJECT)),
                row(
                        SUSPECTED,
                        new ServerWanted(Farewell.QUEUE),
                        new Relaying(true, Pin.ADVISORY_LOCK, true, Farewell.QUEUE),
                        new CheckServer()),
                row(
                        SUSPECTED,
                        new ServerWanted(Farewell.SUSPEND),
                        new Relaying(true, Pin.ADVISORY_LOCK, true, Farewell.SUSPEND),
                        new CheckServer()),
                row(LISTENING, new ServerWanted(Farewell.PAUSE), new Parked(), new ReturnServer()),
                row(
                        HOLDING,
                        new ServerWanted(Farewell.PAUSE),
                        new Relaying(false, Pin.TEMPORARY_OBJECT, false, Farewell.PAUSE)),
                row(
                        SUSPECTED,
                        new ServerWanted(Farewell.PAUSE),
                        new Relaying(true, Pin.ADVISORY_LOCK, true, Farewell.PAUSE),
                        new CheckServer()),
                row(BUSY, new ServerWanted(Farewell.PAUSE), busy(Farewell.PAUSE)),
                row(busy(Farewell.PAUSE), DONE, new Parked(), new ReturnServer()),
                row(busy(Farewell.QUEUE), DONE, new Parked(), new ReturnServer()),
                row(
                        busy(Farewell.QUEUE),
                        new WorkDone(Pin.ADVISORY_LOCK, false),
                        new Relaying(false, Pin.ADVISORY_LOCK, false, Farewell.NONE)),
                row(BUSY, new ServerWanted(Farewell.SUSPEND), busy(Farewell.SUSPEND), new KeepAwake(Pin.OPEN_WORK)),
                row(busy(Farewell.SUSPEND), DONE, new Parked(), new ReturnServer()),
                row(busy(Farewell.SUSPEND), new ServerWanted(Farewell.NONE), BUSY),
                row(LISTENING, new ServerLost(Loss.UNANSWERED), new Parked(), new ReturnServer()),
                row(
                        HOLDING,
                        new ServerLost(Loss.UNANSWERED),
                        new Closed(),
                        new ReturnServer(),
                        new EndSession(new ProxyFailure.SessionLost("temporary objects"))),
                row(
                        new Relaying(true, Pin.TEMPORARY_OBJECT, false, Farewell.NONE),
                        new ServerLost(Loss.NOT_BEGUN),
                        new Closed(),
                        new ReturnServer(),
                        new EndSession(new ProxyFailure.SessionLost("temporary objects"))),
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
                row(LISTENING, new CancelAsked(), LISTENING),
                row(LISTENING, new DrainEnded(), new Closed(), new ReturnServer(), BYE),
                row(LISTENING, new Dismissed(LATE), new Closed(), new ReturnServer(), new EndSession(LATE)),
                row(
                        BUSY,
                        new Dismissed(LATE),
                        new Closed(),
                        new CancelOnServer(),
                        new ReturnServer(),
                        new EndSession(LATE)),
                row(BUSY, new ClientLeft(), new Closed(), new CancelOnServer(), new ReturnServer(), new CloseClient()),
                row(LISTENING, new ClientLeft(), new Closed(), new ReturnServer(), new CloseClient()),
                row(BUSY, new DrainEnded(), busy(Farewell.DRAIN)),
                row(busy(Farewell.DRAIN), DONE, new Closed(), new ReturnServer(), BYE),
                row(
                        busy(Farewell.DRAIN),
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
