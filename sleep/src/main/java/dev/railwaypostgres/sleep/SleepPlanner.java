package dev.railwaypostgres.sleep;

import dev.railwaypostgres.sleep.LoginSight.LoggedIn;
import dev.railwaypostgres.sleep.LoginSight.NotTried;
import dev.railwaypostgres.sleep.LoginSight.Refused;
import dev.railwaypostgres.sleep.LoginSight.ShuttingDown;
import dev.railwaypostgres.sleep.LoginSight.StartingUp;
import dev.railwaypostgres.sleep.LoginSight.Unreachable;
import dev.railwaypostgres.sleep.SleepBarrier.NotDurable;
import dev.railwaypostgres.sleep.SleepBarrier.Passed;
import dev.railwaypostgres.sleep.SleepBarrier.Pending;
import dev.railwaypostgres.sleep.SleepStep.ChangeSettings;
import dev.railwaypostgres.sleep.SleepStep.Checkpoint;
import dev.railwaypostgres.sleep.SleepStep.Deploy;
import dev.railwaypostgres.sleep.SleepStep.EndIdleSessions;
import dev.railwaypostgres.sleep.SleepStep.Fence;
import dev.railwaypostgres.sleep.SleepStep.ForceStop;
import dev.railwaypostgres.sleep.SleepStep.LeaveCompute;
import dev.railwaypostgres.sleep.SleepStep.Means;
import dev.railwaypostgres.sleep.Wishes.Wish;
import dev.railwaypostgres.sleep.compute.ActivitySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides about sleep and wake: the state machine drawn at {@link SleepState}.
 *
 * <p>Pure: the same state, view and moment give the same decision. It may be asked at any moment, twice in a row, or for
 * the first time after a crash; the state is remembered before the steps are taken, and each step may be taken twice.
 *
 * <p>The one point of no return is the fence. Before it, a wish or work calls the suspend off; after it, a wake is done
 * as soon as the compute has ended. The compute is never made to end under a statement: only the fence is set while
 * nobody works, only idle sessions are ended, and force is used only once nobody can be seen in there any more.
 */
public final class SleepPlanner {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final Duration MUCH_LATER = Duration.ofMinutes(10);

    /** When force has grown beyond it, nothing stronger is left. */
    private static final long STRONGEST = 3;

    private final SleepTerms terms;

    public SleepPlanner(SleepTerms terms) {
        this.terms = terms;
    }

    public SleepDecision plan(SleepState state, SleepView view, Instant now) {
        return switch (state.phase()) {
            case ACTIVE -> active(state, view, now);
            case SUSPENDING -> suspending(state, view, now);
            case SUSPENDED -> suspended(state, view, now);
            case WAKING -> waking(state, view, now);
            case PROVISIONING, RESTORING, FAILED, DELETING -> SleepDecision.await(state, MUCH_LATER);
        };
    }

    /** The patch that sets up a service also starts it, which may take a while to show. */
    public SleepDecision awaitFirst(SleepState state, Instant now) {
        return within(terms.lag(), state.since(), now)
                ? SleepDecision.await(state, LATER)
                : SleepDecision.act(state, new Deploy());
    }

    // ---- awake

    private SleepDecision active(SleepState state, SleepView view, Instant now) {
        return switch (view.login()) {
            case LoggedIn login -> awake(state, view, login, now);
            case NotTried _, StartingUp _, ShuttingDown _ -> lost(state, view, now);
            case Unreachable unreachable
            when within(terms.lost(), unreachable.since(), now) -> SleepDecision.await(state, LATER);
            case Unreachable _ when view.compute().isDown() -> lost(state, view, now);
            case Unreachable unreachable ->
                SleepDecision.await(state, LATER).with(new SleepTrouble.Unreachable(unreachable.message()));
            case Refused refused ->
                SleepDecision.await(state, terms.lost()).with(new SleepTrouble.LoginRefused(refused.message()));
        };
    }

    private SleepDecision awake(SleepState state, SleepView view, LoggedIn login, Instant now) {
        IdleJudgement judgement = new IdleJudgement(login.activity(), view.policy());
        boolean urgent = view.policy().ordered() || view.needsStart();
        if (urgent && within(terms.settling(), state.since(), now)) {
            return SleepDecision.await(state, left(terms.settling(), state.since(), now));
        }
        if (urgent) {
            SleepReason reason = view.policy().ordered() ? SleepReason.REQUESTED : SleepReason.RESTART;
            return judgement.isBusy()
                    ? SleepDecision.await(state, LATER).blockedBy(judgement.workingFor(Duration.ZERO))
                    : begin(state, view, reason, now);
        }
        return view.policy().isAlwaysOn()
                ? SleepDecision.await(state, MUCH_LATER)
                : sleepWhenIdle(state, view, login, now);
    }

    private SleepDecision sleepWhenIdle(SleepState state, SleepView view, LoggedIn login, Instant now) {
        IdleJudgement judgement = new IdleJudgement(login.activity(), view.policy());
        Duration patience = patience(state, view);
        Instant idleSince = later(state.since(), login.lastActivity());
        if (!judgement.isBusy() && !within(patience, idleSince, now)) {
            return begin(state, view, SleepReason.IDLE, now);
        }
        Duration look = judgement.isBusy() ? patience : left(patience, idleSince, now);
        return SleepDecision.await(state, look).blockedBy(blockers(state, view, judgement));
    }

    /** Not again while the archive still lacks what the last attempt has asked it to hold. */
    private static SleepDecision begin(SleepState state, SleepView view, SleepReason reason, Instant now) {
        return switch (view.passage()) {
            case Passed _ -> SleepDecision.go(state.suspending(reason, now));
            case Pending _ -> awaitArchive(state, "it has not taken everything yet");
            case NotDurable(String why) -> awaitArchive(state, why);
        };
    }

    private static SleepDecision awaitArchive(SleepState state, String why) {
        return SleepDecision.await(state, LATER)
                .blockedBy(List.of("The archive is behind: " + why + "."))
                .with(new SleepTrouble.ArchiveBehind(why));
    }

    /** A session that has just called a suspend off will do so again: its proxy need not be asked every second. */
    private Duration patience(SleepState state, SleepView view) {
        Duration afterIdle = view.policy().afterIdle();
        boolean isHeld = lastHold(state, view).isPresent();
        return isHeld && afterIdle.compareTo(terms.settling()) < 0 ? terms.settling() : afterIdle;
    }

    /** A hold from shortly before this phase is what called the last suspend off. */
    private Optional<Wish> lastHold(SleepState state, SleepView view) {
        return view.wishes().holdFrom(state.since().minus(terms.settling()));
    }

    private List<String> blockers(SleepState state, SleepView view, IdleJudgement judgement) {
        return lastHold(state, view)
                .map(wish -> List.of("A session cannot be parked: " + wish.text() + "."))
                .orElseGet(() -> judgement.workingFor(view.policy().afterIdle()));
    }

    /** It should be up, and nobody answers. */
    private SleepDecision lost(SleepState state, SleepView view, Instant now) {
        return switch (view.compute()) {
            case ComputeSight.Alive _ -> SleepDecision.await(state, LATER);
            case ComputeSight.Ended ended when ended.failed() -> start(state, view, "operator/crash", now);
            case ComputeSight.Ended _, ComputeSight.Absent _ ->
                SleepDecision.go(state.foundStopped(lastSeen(state, view.login()), now));
        };
    }

    private static Instant lastSeen(SleepState state, LoginSight login) {
        return switch (login) {
            case ShuttingDown shutting -> later(state.since(), shutting.since());
            case Unreachable unreachable -> later(state.since(), unreachable.since());
            case LoggedIn _, NotTried _, StartingUp _, Refused _ -> state.since();
        };
    }

    // ---- going to sleep

    private SleepDecision suspending(SleepState state, SleepView view, Instant now) {
        if (view.compute().isDown()) {
            return SleepDecision.go(state.suspended(now));
        }
        boolean mayBeFenced = state.lsn() != null;
        return switch (view.login()) {
            case LoggedIn login when login.fenced() -> drain(state, view, login, now);
            case LoggedIn login -> beforeTheFence(state, view, login, now);
            case ShuttingDown shutting -> awaitEnd(state, later(state.since(), shutting.since()), now);
            case Unreachable unreachable
            when mayBeFenced -> awaitEnd(state, later(state.since(), unreachable.since()), now);
            case Unreachable unreachable
            when !within(terms.lost(), later(state.since(), unreachable.since()), now) ->
                SleepDecision.go(state.calledOff(now));
            case Refused _ -> SleepDecision.go(state.calledOff(now));
            case Unreachable _, NotTried _, StartingUp _ -> SleepDecision.await(state, SOON);
        };
    }

    private SleepDecision beforeTheFence(SleepState state, SleepView view, LoggedIn login, Instant now) {
        IdleJudgement judgement = new IdleJudgement(login.activity(), view.policy());
        if (judgement.isBusy() || isUnwanted(state, view)) {
            return SleepDecision.go(state.calledOff(now));
        }
        if (hasComeBack(state, login, now)) {
            return beginAnew(state, login.activity(), now);
        }
        if (!judgement.isEmpty() && within(terms.parking(), state.since(), now)) {
            return SleepDecision.await(state, SOON);
        }
        if (judgement.isAnyoneWorking()) {
            return SleepDecision.go(state.calledOff(now));
        }
        return state.lsn() == null ? SleepDecision.act(state, new Checkpoint()) : passTheArchive(state, view, now);
    }

    private SleepDecision passTheArchive(SleepState state, SleepView view, Instant now) {
        return switch (view.passage()) {
            case Passed _ -> SleepDecision.act(state, new Fence());
            case Pending _ when within(terms.archiving(), state.since(), now) -> SleepDecision.await(state, A_SECOND);
            case Pending _ -> heldBack(state, "it has not taken everything in time", now);
            case NotDurable(String why) -> heldBack(state, why, now);
        };
    }

    private static SleepDecision heldBack(SleepState state, String why, Instant now) {
        return SleepDecision.go(state.heldBack(now)).with(new SleepTrouble.ArchiveBehind(why));
    }

    /**
     * What Railway was asked to do may take a moment, and end the new one, too. Somebody may have written something to it
     * meanwhile, which has to be checkpointed and archived.
     */
    private SleepDecision beginAnew(SleepState state, ActivitySnapshot activity, Instant now) {
        if (forceSince(state.begun(), now) > STRONGEST) {
            return SleepDecision.go(state.calledOff(now)).with(new SleepTrouble.ComesBack());
        }
        Duration left = terms.settling().minus(activity.upFor());
        return left.isPositive() ? SleepDecision.await(state, left) : SleepDecision.go(state.suspendingAnew(now));
    }

    /** Clients may call off any suspend but the one that a person has ordered. */
    private static boolean isUnwanted(SleepState state, SleepView view) {
        if (state.reason() == SleepReason.REQUESTED) {
            return !view.policy().ordered();
        }
        return view.wishes().wakeFrom(state.begun()).isPresent()
                || view.wishes().holdFrom(state.begun()).isPresent();
    }

    private SleepDecision drain(SleepState state, SleepView view, LoggedIn login, Instant now) {
        IdleJudgement judgement = new IdleJudgement(login.activity(), view.policy());
        if (judgement.isEmpty()) {
            return view.comesBack() || state.asleepSince() != null || hasComeBack(state, login, now)
                    ? SleepDecision.act(state, forceStop(state.begun(), now), new LeaveCompute())
                    : SleepDecision.act(state, new LeaveCompute());
        }
        return judgement.hasSessionsIdleFor(terms.parking())
                ? SleepDecision.act(state, new EndIdleSessions(terms.parking()))
                : SleepDecision.await(state, SOON).blockedBy(judgement.workingFor(terms.parking()));
    }

    /**
     * Postgres was started after this attempt began: it has ended once already, and was started again. Railway has to be
     * asked to stop it then, while it is fenced and before it ends by itself.
     */
    private static boolean hasComeBack(SleepState state, LoggedIn login, Instant now) {
        return login.activity().upFor().compareTo(Duration.between(state.since(), now)) < 0;
    }

    private SleepDecision awaitEnd(SleepState state, Instant nobodySeenSince, Instant now) {
        long force = forceSince(nobodySeenSince, now);
        if (force < 1) {
            return SleepDecision.await(state, LATER);
        }
        ForceStop stop = forceStop(nobodySeenSince, now);
        SleepDecision insist = new SleepDecision(state, List.of(stop), List.of(), Optional.empty(), terms.settling());
        return force > STRONGEST ? insist.with(new SleepTrouble.StopIgnored()) : insist;
    }

    /** Grows by one each time that the patience with a compute that does not end is over. */
    private long forceSince(Instant begin, Instant now) {
        return Duration.between(begin, now).dividedBy(terms.insist());
    }

    private ForceStop forceStop(Instant begin, Instant now) {
        long force = forceSince(begin, now);
        if (force < 2) {
            return new ForceStop(Means.STOP);
        }
        return new ForceStop(force == 2 ? Means.REMOVE : Means.CANCEL);
    }

    // ---- asleep

    private SleepDecision suspended(SleepState state, SleepView view, Instant now) {
        return switch (view.compute()) {
            case ComputeSight.Alive _ -> startedByOthers(state, view, now);
            case ComputeSight.Ended _, ComputeSight.Absent _ -> asleep(state, view, now);
        };
    }

    /** A deployment that nobody here asked for; unless Railway still shows the one that has just ended. */
    private SleepDecision startedByOthers(SleepState state, SleepView view, Instant now) {
        Optional<Wish> wish = wakeWish(state, view);
        if (wish.isPresent()) {
            return SleepDecision.go(state.waking(wish.get().text(), wish.get().at(), now));
        }
        return within(terms.lag(), state.since(), now)
                ? SleepDecision.await(state, left(terms.lag(), state.since(), now))
                : SleepDecision.go(state.waking("Railway", now, now));
    }

    private static Optional<Wish> wakeWish(SleepState state, SleepView view) {
        return view.policy().ordered() ? Optional.empty() : view.wishes().wakeFrom(state.begun());
    }

    private SleepDecision asleep(SleepState state, SleepView view, Instant now) {
        if (!view.policy().ordered()) {
            Optional<Wish> wish = wakeWish(state, view);
            if (wish.isPresent()) {
                return start(state, view, wish.get().text(), wish.get().at(), now);
            }
            if (state.reason() == SleepReason.RESTART || view.policy().isAlwaysOn()) {
                return start(state, view, "operator", now);
            }
        }
        return view.newSettings()
                ? SleepDecision.act(state, new ChangeSettings())
                : SleepDecision.await(state, MUCH_LATER);
    }

    // ---- waking up

    private SleepDecision waking(SleepState state, SleepView view, Instant now) {
        if (view.login() instanceof LoggedIn) {
            return SleepDecision.go(state.awake(now));
        }
        return switch (view.compute()) {
            case ComputeSight.Alive alive -> coming(state, view, alive, now);
            case ComputeSight.Ended ended
            when ended.failed() && startedBy(state, ended) ->
                again(state, view, Objects.requireNonNullElse(ended.at(), state.since()), now);
            case ComputeSight.Ended _, ComputeSight.Absent _ -> deploy(state, view);
        };
    }

    private SleepDecision coming(SleepState state, SleepView view, ComputeSight.Alive alive, Instant now) {
        if (within(terms.deploy(), state.since(), now)) {
            return SleepDecision.await(state, LATER);
        }
        Instant moved = later(state.since(), Objects.requireNonNullElse(alive.since(), state.since()));
        // Postgres that recovers from a crash is left alone, however long it takes.
        boolean hangs = !(view.login() instanceof StartingUp) && !within(terms.deploy(), moved, now);
        SleepDecision next = hangs ? deploy(state, view) : SleepDecision.await(state, terms.lost());
        return next.with(new SleepTrouble.WakeOverdue());
    }

    private static boolean startedBy(SleepState state, ComputeSight.Ended ended) {
        return ended.at() == null || !ended.at().isBefore(state.since());
    }

    /** Each pause is as long as all that went before it, which doubles it without counting. */
    private SleepDecision again(SleepState state, SleepView view, Instant failed, Instant now) {
        Duration elapsed = Duration.between(state.since(), failed);
        Duration pause = clamp(elapsed, terms.firstRetry(), terms.lastRetry());
        SleepDecision next =
                within(pause, failed, now) ? SleepDecision.await(state, left(pause, failed, now)) : deploy(state, view);
        return next.with(new SleepTrouble.WakeFailed());
    }

    private SleepDecision start(SleepState state, SleepView view, String by, Instant now) {
        return start(state, view, by, now, now);
    }

    private SleepDecision start(SleepState state, SleepView view, String by, Instant asked, Instant now) {
        return deploy(state.waking(by, asked, now), view);
    }

    private static SleepDecision deploy(SleepState state, SleepView view) {
        return view.newSettings()
                ? SleepDecision.act(state, new ChangeSettings(), new Deploy())
                : SleepDecision.act(state, new Deploy());
    }

    // ---- time

    private static boolean within(Duration span, Instant from, Instant now) {
        return now.isBefore(from.plus(span));
    }

    private static Duration left(Duration span, Instant from, Instant now) {
        return Duration.between(now, from.plus(span));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Duration clamp(Duration span, Duration least, Duration most) {
        if (span.compareTo(least) < 0) {
            return least;
        }
        return span.compareTo(most) > 0 ? most : span;
    }
}
