package dev.railwaypostgres.playground.model;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.playground.model.Explorer.Move;
import dev.railwaypostgres.playground.model.SleepWorld.Archive;
import dev.railwaypostgres.playground.model.SleepWorld.Client;
import dev.railwaypostgres.playground.model.SleepWorld.Compute;
import dev.railwaypostgres.playground.model.SleepWorld.Durable;
import dev.railwaypostgres.playground.model.SleepWorld.Login;
import dev.railwaypostgres.playground.model.SleepWorld.Operator;
import dev.railwaypostgres.playground.model.SleepWorld.Power;
import dev.railwaypostgres.playground.model.SleepWorld.Server;
import dev.railwaypostgres.playground.model.SleepWorld.Stage;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.proxy.park.Pin;
import dev.railwaypostgres.proxy.session.SessionEffect;
import dev.railwaypostgres.proxy.session.SessionEvent;
import dev.railwaypostgres.proxy.session.SessionEvent.Loss;
import dev.railwaypostgres.proxy.session.SessionState;
import dev.railwaypostgres.proxy.session.SessionStep;
import dev.railwaypostgres.sleep.ComputeSight;
import dev.railwaypostgres.sleep.LoginSight;
import dev.railwaypostgres.sleep.SleepBarrier;
import dev.railwaypostgres.sleep.SleepBarrier.Passage;
import dev.railwaypostgres.sleep.SleepDecision;
import dev.railwaypostgres.sleep.SleepPolicy;
import dev.railwaypostgres.sleep.SleepState;
import dev.railwaypostgres.sleep.SleepStep;
import dev.railwaypostgres.sleep.SleepView;
import dev.railwaypostgres.sleep.Wishes;
import dev.railwaypostgres.sleep.Wishes.Wish;
import dev.railwaypostgres.sleep.compute.ActivitySnapshot;
import dev.railwaypostgres.sleep.compute.ClientBackend;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What may happen next. The operator and the sessions decide by the given classes; the world around them decides nothing
 * and may do anything, as long as it can pay for its faults.
 */
final class SleepMoves {
    /** Decides for the operator. */
    interface Planning {
        SleepDecision plan(SleepState state, SleepView view, Instant now);
    }

    /** Decides for a session. */
    interface Stepping {
        SessionStep step(SessionState state, SessionEvent event);
    }

    static final Duration TICK = Duration.ofSeconds(1);

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SleepPolicy POLICY = new SleepPolicy(TICK, false, SleepPolicy.Ignored.NOBODY);
    private static final ComputeIdentity IDENTITY = new ComputeIdentity("7", 1, "17", Lsn.INVALID);

    private final Planning planner;
    private final Stepping machine;

    private final boolean knowsPolicy;

    /** @param knowsPolicy the operator is told that Railway starts the compute again when it ends */
    SleepMoves(Planning planner, Stepping machine, boolean knowsPolicy) {
        this.planner = planner;
        this.knowsPolicy = knowsPolicy;
        this.machine = machine;
    }

    List<Move<SleepWorld>> from(SleepWorld world) {
        var moves = new Moves(world);
        clients(world, moves);
        compute(world, moves);
        archive(world, moves);
        operator(world, moves);
        time(world, moves);
        if (world.luck().faults() > 0) {
            faults(world, moves);
        }
        return moves.found;
    }

    /** Collects moves that change something. */
    private static final class Moves {
        private final SleepWorld world;
        private final List<Move<SleepWorld>> found = new ArrayList<>();

        Moves(SleepWorld world) {
            this.world = world;
        }

        void may(String name, SleepWorld to) {
            add(name, false, to);
        }

        void mayFail(String name, SleepWorld to) {
            add(name, true, to);
        }

        private void add(String name, boolean isFault, SleepWorld to) {
            if (!to.equals(world)) {
                found.add(new Move<>(name, isFault, to));
            }
        }
    }

    // ---- clients and proxies

    private void clients(SleepWorld world, Moves moves) {
        for (int i = 0; i < world.clients().size(); i++) {
            Client client = world.clients().get(i);
            if (client.stage() == Stage.NONE && client.left() > 0) {
                moves.may("client " + i + " asks", asks(world, i, client));
            }
            if (client.stage() == Stage.HELD) {
                poolServes(world, i, client, moves);
            }
            serverWorks(world, i, client, moves);
            if (client.stage() == Stage.CHECKED && world.compute().power().isAlive()) {
                moves.may("server tells proxy " + i + " what it holds", checked(world, i));
            }
            if (client.stage() == Stage.ANSWERED || client.stage() == Stage.ANSWERED_AND_HOLDING) {
                moves.may("proxy " + i + " relays", relayed(world, i));
            }
            if (client.seen() != world.durable().phase()) {
                moves.may("watch reaches proxy " + i, watched(world, i, client));
            }
            if (client.isHolding()) {
                moves.may(
                        "hold of proxy " + i,
                        world.with(i, client.holding(false))
                                .with(world.durable().wishedHeld()));
            }
        }
    }

    private SleepWorld asks(SleepWorld world, int i, Client client) {
        SleepWorld asked = event(world.with(i, client.asks()), i, new SessionEvent.WorkArrived());
        Client after = asked.clients().get(i);
        return after.session() instanceof SessionState.Relaying ? asked.with(i, after.with(Stage.SENT)) : asked;
    }

    private void poolServes(SleepWorld world, int i, Client client, Moves moves) {
        boolean dials = client.seen() == Phase.ACTIVE || client.seen() == Phase.WAKING;
        if (dials && world.compute().power().takesLogins()) {
            SleepWorld connected = world.with(i, client.with(Server.IDLE));
            moves.may("proxy " + i + " logs in", event(connected, i, new SessionEvent.ServerLeased()));
        } else {
            SleepWorld asleep = event(world, i, new SessionEvent.DatabaseAsleep());
            moves.may(
                    "proxy " + i + " asks for a wake",
                    asleep.with(world.durable().wishedAwake()));
        }
    }

    private static void serverWorks(SleepWorld world, int i, Client client, Moves moves) {
        if (!world.compute().power().isAlive()) {
            return;
        }
        if (client.stage() == Stage.SENT && client.server() == Server.IDLE) {
            SleepWorld begun = world.with(i, client.begun());
            moves.may(
                    "statement " + i + " begins",
                    begun.clients().get(i).runs() > 1 ? begun.broken("a statement ran twice") : begun);
        }
        if (client.stage() == Stage.RUNNING) {
            Client idle = client.with(Server.IDLE);
            moves.may("statement " + i + " ends", world.with(i, idle.with(Stage.ANSWERED)));
            if (i == 0) {
                moves.may("statement 0 ends, holding", world.with(i, idle.with(Stage.ANSWERED_AND_HOLDING)));
            }
        }
    }

    /** What a statement has left behind is a suspicion until the server is asked. */
    private SleepWorld relayed(SleepWorld world, int i) {
        Client client = world.clients().get(i);
        boolean leavesSomething = client.stage() == Stage.ANSWERED_AND_HOLDING || pinOf(client) != null;
        SessionEvent done = leavesSomething
                ? new SessionEvent.WorkDone(Pin.TEMPORARY_OBJECT, true)
                : new SessionEvent.WorkDone(null, false);
        return event(world.with(i, client.with(Stage.NONE)), i, done);
    }

    private static @Nullable Pin pinOf(Client client) {
        return client.session() instanceof SessionState.Relaying relaying ? relaying.pin() : null;
    }

    private SleepWorld checked(SleepWorld world, int i) {
        SleepWorld next = world.with(i, world.clients().get(i).with(Stage.NONE));
        return event(next, i, new SessionEvent.WorkDone(Pin.TEMPORARY_OBJECT, false));
    }

    private SleepWorld watched(SleepWorld world, int i, Client client) {
        SleepWorld seen = world.with(i, client.with(world.durable().phase()));
        SessionState.Farewell by = world.durable().phase() == Phase.SUSPENDING
                ? SessionState.Farewell.SUSPEND
                : SessionState.Farewell.NONE;
        return event(seen, i, new SessionEvent.ServerWanted(by));
    }

    private SleepWorld event(SleepWorld world, int i, SessionEvent event) {
        SessionStep step = machine.step(world.clients().get(i).session(), event);
        SleepWorld next = world.with(i, world.clients().get(i).with(step.state()));
        for (SessionEffect effect : step.effects()) {
            next = done(next, i, effect);
        }
        return next;
    }

    private static SleepWorld done(SleepWorld world, int i, SessionEffect effect) {
        Client client = world.clients().get(i);
        return switch (effect) {
            case SessionEffect.RequestServer _ -> world.with(i, client.with(Stage.HELD));
            case SessionEffect.SendHeldWork _ -> world.with(i, client.with(Stage.SENT));
            case SessionEffect.ReturnServer _ -> world.with(i, client.with(Server.NONE));
            case SessionEffect.KeepAwake _ -> world.with(i, client.holding(true));
            case SessionEffect.FailHeldWork _, SessionEffect.FailSentWork _ ->
                sawAnError(world.with(i, client.with(Stage.NONE)));
            case SessionEffect.EndSession _ -> sawAnError(world.with(i, client.gone()));
            case SessionEffect.CheckServer _ -> world.with(i, client.with(Stage.CHECKED));
            case SessionEffect.WithdrawRequest _, SessionEffect.CancelOnServer _, SessionEffect.CloseClient _ -> world;
        };
    }

    private static SleepWorld sawAnError(SleepWorld world) {
        return world.luck().isForced() ? world : world.broken("a client saw an error that nothing forced");
    }

    // ---- the compute and Railway

    private static void compute(SleepWorld world, Moves moves) {
        if (world.compute().power() == Power.BOOTING) {
            moves.may("Postgres is up", world.power(Power.UP));
        }
        boolean isEmpty = !world.hasConnections() && world.operator().login() == Login.NONE;
        if (world.compute().power() == Power.FENCED && isEmpty) {
            moves.may("compute ends", world.compute().comesBack() ? world.startedByRailway() : world.power(Power.DOWN));
        }
        moves.may("Railway is listed", world.with(world.compute().listed()));
    }

    /** Server connections end with it; an answer that was on its way arrives first. */
    private SleepWorld cut(SleepWorld world, int i) {
        Client client = world.clients().get(i);
        if (client.server() == Server.NONE) {
            return world;
        }
        boolean isAnswered = client.stage() == Stage.ANSWERED || client.stage() == Stage.ANSWERED_AND_HOLDING;
        SleepWorld heard = isAnswered ? relayed(world, i) : world;
        SleepWorld without = heard.with(i, heard.clients().get(i).with(Server.NONE));
        return event(without, i, new SessionEvent.ServerLost(Loss.UNANSWERED));
    }

    private SleepWorld cutAll(SleepWorld world) {
        SleepWorld next = world;
        for (int i = 0; i < world.clients().size(); i++) {
            next = cut(next, i);
        }
        return next;
    }

    // ---- the archive

    private static void archive(SleepWorld world, Moves moves) {
        moves.may("the archive has caught up", world.with(Archive.SAFE));
    }

    private static Passage passage(Archive archive) {
        return switch (archive) {
            case SAFE -> new SleepBarrier.Passed();
            case BEHIND -> new SleepBarrier.Pending();
            case REFUSING -> new SleepBarrier.NotDurable("it refuses");
        };
    }

    // ---- the operator

    private void operator(SleepWorld world, Moves moves) {
        if (!world.operator().isUp()) {
            moves.may("operator starts", world.with(Operator.STARTED));
            return;
        }
        SleepWorld looked = world.with(look(world));
        SleepDecision decision = planner.plan(state(world.durable()), view(looked), NOW);
        SleepWorld next = noted(looked, decision.state());
        if (world.luck().faults() > 0 && !decision.steps().isEmpty()) {
            moves.mayFail("operator writes and crashes", crashed(next));
        }
        for (SleepStep step : decision.steps()) {
            next = act(next, step);
        }
        moves.may("operator " + decision.steps(), next);
    }

    private static SleepWorld noted(SleepWorld world, SleepState state) {
        boolean goesOn = world.durable().phase() == Phase.SUSPENDING && state.phase() == Phase.SUSPENDING;
        Compute compute = world.compute();
        return world.with(durable(state, world.durable())).with(compute.back(goesOn && compute.isBack()));
    }

    private static Operator look(SleepWorld world) {
        Operator operator = world.operator();
        Login login = operator.login();
        Power power = world.compute().power();
        boolean wants =
                switch (world.durable().phase()) {
                    case ACTIVE, SUSPENDING, WAKING -> true;
                    case SUSPENDED, PROVISIONING, RESTORING, FAILED, DELETING -> false;
                };
        if (login != Login.NONE && !power.isAlive()) {
            return operator.looked(Login.NONE, 0);
        }
        if (login == Login.NONE && power.takesLogins() && wants) {
            return operator.looked(Login.OPEN, 0);
        }
        return operator.looked(login, world.hasStatementInside() ? 0 : operator.quiet());
    }

    private SleepView view(SleepWorld world) {
        Durable durable = world.durable();
        Wishes wishes = new Wishes(wish(durable.wakeWish()), wish(durable.holdWish()));
        Passage passage = durable.checkpointed() ? passage(world.archive()) : new SleepBarrier.Passed();
        return new SleepView(
                POLICY,
                wishes,
                sight(world.compute().said()),
                login(world),
                passage,
                knowsPolicy && world.compute().comesBack(),
                false,
                false);
    }

    private static ComputeSight sight(Power said) {
        return switch (said) {
            case DOWN -> new ComputeSight.Ended("d", false, null);
            case CRASHED -> new ComputeSight.Ended("d", true, null);
            case BOOTING, UP, FENCED -> new ComputeSight.Alive("d", null);
        };
    }

    private static LoginSight login(SleepWorld world) {
        Operator operator = world.operator();
        if (operator.login() != Login.NONE) {
            return new LoginSight.LoggedIn(
                    IDENTITY, activity(world), operator.login() == Login.FENCED, ago(operator.quiet()));
        }
        return switch (world.durable().phase()) {
            case SUSPENDED, PROVISIONING, RESTORING, FAILED, DELETING -> new LoginSight.NotTried();
            case ACTIVE, SUSPENDING, WAKING ->
                switch (world.compute().power()) {
                    case FENCED -> new LoginSight.ShuttingDown(ago(operator.unheard()));
                    case BOOTING -> new LoginSight.StartingUp();
                    case DOWN, CRASHED, UP -> new LoginSight.Unreachable("nobody answers", ago(operator.unheard()));
                };
        };
    }

    private static ActivitySnapshot activity(SleepWorld world) {
        List<ClientBackend> backends = IntStream.range(0, world.clients().size())
                .filter(i -> world.clients().get(i).server() != Server.NONE)
                .mapToObj(i -> backend(i, world.clients().get(i)))
                .toList();
        Instant begin = ago(world.durable().since());
        return new ActivitySnapshot(
                NOW, world.compute().isBack() ? begin.plusMillis(1) : begin.minusMillis(1), backends, 0);
    }

    private static ClientBackend backend(int i, Client client) {
        ClientBackend.State state =
                client.server() == Server.ACTIVE ? ClientBackend.State.ACTIVE : ClientBackend.State.IDLE;
        return new ClientBackend(i, "app", "", state, ago(client.idle()), null, null);
    }

    private SleepWorld act(SleepWorld world, SleepStep step) {
        return switch (step) {
            case SleepStep.Checkpoint _ ->
                world.with(world.durable().withCheckpoint()).with(Archive.BEHIND);
            case SleepStep.Fence _ -> fenced(world);
            case SleepStep.EndIdleSessions end -> endIdle(world, end);
            case SleepStep.LeaveCompute _ -> world.with(world.operator().with(Login.NONE));
            case SleepStep.ForceStop _ -> stopped(world);
            case SleepStep.ChangeSettings _ -> world;
            case SleepStep.Deploy _ -> deployed(world);
        };
    }

    private static SleepWorld fenced(SleepWorld world) {
        SleepWorld next = world.archive() == Archive.SAFE
                ? world
                : world.broken("it falls asleep before the archive holds everything");
        return next.power(Power.FENCED).with(next.operator().with(Login.FENCED));
    }

    private SleepWorld endIdle(SleepWorld world, SleepStep.EndIdleSessions end) {
        SleepWorld next = world;
        for (int i = 0; i < world.clients().size(); i++) {
            Client client = world.clients().get(i);
            boolean isLong = TICK.multipliedBy(client.idle()).compareTo(end.atLeast()) >= 0;
            next = client.server() == Server.IDLE && isLong ? cut(next, i) : next;
        }
        return next;
    }

    private SleepWorld stopped(SleepWorld world) {
        boolean isAllowed = world.luck().isForced() || !world.hasStatementInside();
        SleepWorld next = isAllowed ? world : world.broken("the compute was stopped under a statement");
        return cutAll(next)
                .power(Power.DOWN)
                .with(next.compute().with(Power.DOWN).listed());
    }

    /** The actuator looks before it starts: what Railway has started meanwhile is left alone. */
    private static SleepWorld deployed(SleepWorld world) {
        Power power = world.compute().power();
        return power.isAlive() || power == Power.BOOTING
                ? world.with(world.compute().listed())
                : world.with(world.compute().with(Power.BOOTING).listed());
    }

    // ---- time

    /** What takes far less than a tick has happened before one passes, or it was a fault. */
    private static void time(SleepWorld world, Moves moves) {
        if (isPrompt(world) && world.clients().stream().noneMatch(client -> isLate(world, client))) {
            moves.may("a tick", older(world));
        }
    }

    private static boolean isPrompt(SleepWorld world) {
        boolean isListed = world.compute().power() == world.compute().said();
        boolean isServed = world.clients().stream()
                .noneMatch(client -> client.stage() == Stage.SENT || client.stage() == Stage.CHECKED);
        boolean hasLooked = world.operator().hasLooked() || !world.operator().isUp();
        return isListed && isServed && hasLooked;
    }

    private static boolean isLate(SleepWorld world, Client client) {
        return client.seen() != world.durable().phase() || client.isHolding();
    }

    private static SleepWorld older(SleepWorld world) {
        SleepWorld next =
                world.with(world.durable().older()).with(world.operator().older());
        for (int i = 0; i < world.clients().size(); i++) {
            next = next.with(i, world.clients().get(i).older());
        }
        return next;
    }

    // ---- faults

    private void faults(SleepWorld world, Moves moves) {
        SleepWorld unharmed = world.with(world.luck().harmless());
        SleepWorld harmed = world.with(world.luck().forcing());
        if (world.operator().isUp()) {
            moves.mayFail("operator crashes", crashed(world));
        }
        moves.mayFail(
                "a wake request comes twice", unharmed.with(world.durable().wishedAwake()));
        if (world.archive() == Archive.BEHIND) {
            moves.mayFail("the archive refuses", unharmed.with(Archive.REFUSING));
        }
        if (world.compute().power() == Power.DOWN) {
            moves.mayFail("Railway starts it", unharmed.startedByRailway());
        }
        if (world.compute().power().isAlive()) {
            moves.mayFail("compute crashes", cutAll(harmed).power(Power.CRASHED));
        }
        if (isPrompt(world)) {
            moves.mayFail("a tick, and a message is late", older(harmed));
        }
        for (int i = 0; i < world.clients().size(); i++) {
            moves.mayFail(
                    "proxy " + i + " crashes",
                    harmed.with(i, world.clients().get(i).gone()));
        }
    }

    /** Behind the fence nobody gets in again to see who is still inside: in the end force is all that is left. */
    private static SleepWorld crashed(SleepWorld world) {
        boolean isBlind = world.compute().power() == Power.FENCED;
        SleepWorld next =
                world.with(isBlind ? world.luck().forcing() : world.luck().harmless());
        return next.with(Operator.CRASHED);
    }

    // ---- ages and instants

    private static Instant ago(int age) {
        return NOW.minus(TICK.multipliedBy(age));
    }

    private static int ageOf(Instant instant) {
        return (int) Math.min(SleepWorld.OLD, Duration.between(instant, NOW).dividedBy(TICK));
    }

    private static Optional<Wish> wish(boolean isWished) {
        return isWished ? Optional.of(new Wish(NOW, "somebody")) : Optional.empty();
    }

    private static SleepState state(Durable durable) {
        Instant since = ago(durable.since());
        Instant begun = durable.begun() == SleepWorld.NEVER ? null : ago(durable.begun());
        return new SleepState(
                durable.phase(),
                since,
                durable.phase() == Phase.SUSPENDING ? begun : since,
                durable.reason(),
                durable.checkpointed() ? "0/1" : null,
                null);
    }

    private static int begun(SleepState state) {
        return state.phase() == Phase.SUSPENDING && state.asleepSince() != null
                ? ageOf(state.asleepSince())
                : SleepWorld.NEVER;
    }

    private static Durable durable(SleepState state, Durable before) {
        boolean isSamePhase = state.phase() == before.phase();
        boolean isEnded = before.phase() == Phase.SUSPENDING && state.phase() == Phase.SUSPENDED;
        return new Durable(
                state.phase(),
                ageOf(state.since()),
                begun(state),
                state.reason(),
                state.lsn() != null,
                (isSamePhase || isEnded) && before.wakeWish(),
                isSamePhase && before.holdWish());
    }
}
