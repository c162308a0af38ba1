package dev.railwaypostgres.proxy.session;

import static dev.railwaypostgres.proxy.session.SessionStep.to;

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

/**
 * Decides what a session does about an event: a pure function, total over all states and events. What comes too late or
 * too early changes nothing, except that a server connection nobody waits for is given back.
 */
public final class SessionMachine {
    // The steps of every transaction, made once.
    private static final SessionStep LEASE = to(Leasing.IT, new RequestServer());
    private static final SessionStep WORK = to(Relaying.working(), new SendHeldWork());
    private static final SessionStep PARK = to(Parked.IT, new ReturnServer());

    private SessionMachine() {}

    public static SessionStep step(SessionState state, SessionEvent event) {
        return switch (state) {
            case Started started -> started(started, event);
            case Authenticating authenticating -> authenticating(authenticating, event);
            case Parked parked -> parked(parked, event);
            case Leasing leasing -> leasing(leasing, event);
            case Waking waking -> waking(waking, event);
            case Relaying relaying -> relaying(relaying, event);
            case Closed closed -> nobodyWaits(closed, event);
        };
    }

    private static SessionStep started(Started state, SessionEvent event) {
        return event instanceof StartupRead ? to(state.toAuthenticating()) : beforeWork(state, event);
    }

    private static SessionStep authenticating(Authenticating state, SessionEvent event) {
        return event instanceof LoggedIn ? to(state.toParked()) : beforeWork(state, event);
    }

    private static SessionStep parked(Parked state, SessionEvent event) {
        return event instanceof WorkArrived || event instanceof ServerNeeded ? LEASE : beforeWork(state, event);
    }

    private static SessionStep beforeWork(SessionState state, SessionEvent event) {
        return switch (event) {
            case ClientLeft _ -> to(state.toClosed(), new CloseClient());
            case DrainEnded _ -> to(state.toClosed(), new EndSession(new ProxyFailure.ShuttingDown()));
            case Dismissed(ProxyFailure why) -> to(state.toClosed(), new EndSession(why));
            case ServerLeased _,
                    ServerRefused _,
                    StartupRead _,
                    LoggedIn _,
                    WorkArrived _,
                    ServerNeeded _,
                    WorkDone _,
                    DatabaseAsleep _,
                    ServerWanted _,
                    ServerLost _,
                    CancelAsked _ -> nobodyWaits(state, event);
        };
    }

    private static SessionStep nobodyWaits(SessionState state, SessionEvent event) {
        return event instanceof ServerLeased ? to(state, new ReturnServer()) : to(state);
    }

    private static SessionStep leasing(Leasing state, SessionEvent event) {
        return event instanceof DatabaseAsleep ? to(state.toWaking()) : waiting(state, state.toParked(), event);
    }

    private static SessionStep waking(Waking state, SessionEvent event) {
        return waiting(state, state.toParked(), event);
    }

    private static SessionStep waiting(SessionState state, Parked parked, SessionEvent event) {
        return switch (event) {
            case ServerLeased _ -> WORK;
            case ServerRefused(ProxyFailure failure) -> to(parked, new FailHeldWork(failure));
            case CancelAsked _ -> to(parked, new WithdrawRequest(), new FailHeldWork(new ProxyFailure.Cancelled()));
            case ClientLeft _ -> to(state.toClosed(), new WithdrawRequest(), new CloseClient());
            case DrainEnded _ ->
                to(state.toClosed(), new WithdrawRequest(), new EndSession(new ProxyFailure.ShuttingDown()));
            case Dismissed(ProxyFailure why) -> to(state.toClosed(), new WithdrawRequest(), new EndSession(why));
            case StartupRead _,
                    LoggedIn _,
                    WorkArrived _,
                    ServerNeeded _,
                    WorkDone _,
                    DatabaseAsleep _,
                    ServerWanted _,
                    ServerLost _ -> to(state);
        };
    }

    private static SessionStep relaying(Relaying state, SessionEvent event) {
        return switch (event) {
            case WorkArrived _ -> to(state.toBusy());
            case WorkDone(var pin, boolean isInDoubt) -> quiet(state.toQuiet(pin, isInDoubt));
            case ServerWanted(Farewell by) -> wanted(state, by);
            case ServerLost(Loss loss) -> state.isBusy() ? lostBusy(state, loss) : lostQuiet(state);
            case CancelAsked _ -> state.isBusy() ? to(state, new CancelOnServer()) : to(state);
            case DrainEnded _ -> drainEnded(state);
            case Dismissed(ProxyFailure why) -> dismissed(state, why);
            case ClientLeft _ -> clientLeft(state);
            case ServerRefused(ProxyFailure _),
                    StartupRead _,
                    LoggedIn _,
                    ServerNeeded _,
                    DatabaseAsleep _,
                    ServerLeased _ -> to(state);
        };
    }

    private static SessionStep quiet(Relaying state) {
        if (state.farewell() == Farewell.DRAIN) {
            return to(state.toClosed(), new ReturnServer(), new EndSession(new ProxyFailure.ShuttingDown()));
        }
        return state.pin() == null ? PARK : pinned(state);
    }

    private static SessionStep pinned(Relaying state) {
        return switch (state.farewell()) {
            case NONE, DRAIN -> to(state);
            case QUEUE -> state.isInDoubt() ? check(state) : to(state.toAwaited(Farewell.NONE));
            case PAUSE -> state.isInDoubt() ? check(state) : leaveOrStay(state);
            case SUSPEND -> state.isInDoubt() ? check(state) : leaveOrKeepAwake(state);
        };
    }

    private static SessionStep check(Relaying state) {
        return to(state.toBusy(), new CheckServer());
    }

    private static SessionStep wanted(Relaying state, Farewell by) {
        if (state.farewell() == Farewell.DRAIN) {
            return to(state);
        }
        var awaited = state.toAwaited(by);
        if (by == Farewell.DRAIN) {
            return drainEnded(state);
        }
        if (!state.isBusy()) {
            return quiet(awaited);
        }
        return by == Farewell.SUSPEND ? to(awaited, new KeepAwake(Pin.OPEN_WORK)) : to(awaited);
    }

    private static SessionStep leaveOrStay(Relaying state) {
        return state.reasonToStay() == null ? PARK : to(state);
    }

    private static SessionStep leaveOrKeepAwake(Relaying state) {
        var reason = state.reasonToStay();
        return reason == null ? PARK : to(state, new KeepAwake(reason));
    }

    private static SessionStep drainEnded(Relaying state) {
        var end = new EndSession(new ProxyFailure.ShuttingDown());
        if (!state.isBusy()) {
            return to(state.toClosed(), new ReturnServer(), end);
        }
        return state.farewell() == Farewell.DRAIN
                ? to(state.toClosed(), new CancelOnServer(), new ReturnServer(), end)
                : to(state.toAwaited(Farewell.DRAIN));
    }

    private static SessionStep dismissed(Relaying state, ProxyFailure why) {
        var end = new EndSession(why);
        return state.isBusy()
                ? to(state.toClosed(), new CancelOnServer(), new ReturnServer(), end)
                : to(state.toClosed(), new ReturnServer(), end);
    }

    /** What it has left running would hold its locks until it is done. */
    private static SessionStep clientLeft(Relaying state) {
        return state.isBusy()
                ? to(state.toClosed(), new CancelOnServer(), new ReturnServer(), new CloseClient())
                : to(state.toClosed(), new ReturnServer(), new CloseClient());
    }

    private static SessionStep lostQuiet(Relaying state) {
        var pin = state.pin();
        return pin == null || pin.outlivesServer() ? PARK : lost(state, pin.text());
    }

    private static SessionStep lostBusy(Relaying state, Loss loss) {
        var pin = state.pin();
        if (pin != null && !pin.outlivesServer()) {
            return lost(state, pin.text());
        }
        return switch (loss) {
            case NOT_BEGUN -> to(state.toLeasing(), new ReturnServer(), new RequestServer());
            case UNANSWERED ->
                to(state.toParked(), new ReturnServer(), new FailSentWork(new ProxyFailure.StatementLost()));
            case ANSWERED -> lost(state, "work unfinished");
        };
    }

    private static SessionStep lost(Relaying state, String what) {
        return to(state.toClosed(), new ReturnServer(), new EndSession(new ProxyFailure.SessionLost(what)));
    }
}
