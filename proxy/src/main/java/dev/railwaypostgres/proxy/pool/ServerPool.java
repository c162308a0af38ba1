package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.proxy.activity.Books;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.manage.DatabaseFigures;
import dev.railwaypostgres.proxy.park.Interner;
import dev.railwaypostgres.proxy.park.Settings;
import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.PoolPolicy;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import dev.railwaypostgres.proxy.wake.Waker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The server connections of one database, and the queue before them. A connection that is at hand is lent within the call;
 * otherwise one is dialed, as far as the limits allow, in the name of whoever has waited longest.
 *
 * <p>A refusal by the server may mean that the database sleeps: then a wake is asked for, as long as somebody waits.
 *
 * <p>Confined to its event loop.
 */
public final class ServerPool {
    /** The queue's clock goes on for this many ticks without anybody in it: under load it empties many times a second. */
    private static final int TICKS_OF_REST = 20;

    /** Whoever has waited longer than this, while others with another profile were served, is next. */
    private static final long FAIR = Duration.ofMillis(200).toNanos();

    /** How long all others wait for the heralds after a wake. */
    private static final long HERALDS_PATIENCE = Duration.ofSeconds(2).toNanos();

    private final ServerDialer dialer;
    private final PoolTimes times;
    private final Duration wakeTimeout;
    private final Books books;
    private final Reachability reachability;

    private final WaitingLine queue = new WaitingLine();
    private final IdleConnections idle = new IdleConnections();
    private final Interner<Map<String, String>, Map<String, String>> reported = new Interner<>();
    private final Set<ServerConnection> open = new LinkedHashSet<>();
    private final Set<Lessee> keepers = new LinkedHashSet<>();
    private @Nullable Runnable stopTicker;
    private int ticksOfRest;
    private Route route;

    /** For whom connections are being dialed. */
    private final List<Profile> dialing = new ArrayList<>();

    /** Nobody is served. */
    private boolean isHeld;

    /** Connections, those included that are being dialed. */
    private final RoleCounts byRole = new RoleCounts();

    /** Connections from before that are outdated. */
    private long renewedAt;

    private boolean hasEnded;

    private Runnable whenAwake = () -> {};

    /** Those who are served before all others after a wake, until then. */
    private final Set<Lessee> heralds = new LinkedHashSet<>();

    private long heraldsUntil;
    private boolean isWakingHeralds;

    public ServerPool(
            Route route, Waker waker, ServerDialer dialer, PoolTimes times, Duration wakeTimeout, Books books) {
        this.route = route;
        this.dialer = dialer;
        this.times = times;
        this.wakeTimeout = wakeTimeout;
        this.books = books;
        this.renewedAt = times.clock().getAsLong();
        this.reachability = new Reachability(route, waker, times.clock(), books);
    }

    /**
     * @param then runs each time a database that was waited for has answered. Whoever asks for a connection within that call
     *     gets it before all others: who listens must not miss what the others have to say
     */
    public void whenAwake(Runnable then) {
        whenAwake = then;
    }

    // ---- What sessions ask.

    /** Answered by exactly one of the lessee's methods, within this call or later, unless it withdraws. */
    public void request(Lessee lessee) {
        if (isWakingHeralds) {
            heralds.add(lessee);
        }
        var connection = queue.isEmpty() ? idle.take(lessee) : null;
        if (connection != null && connection.preparation(lessee).isEmpty()) {
            lend(connection, lessee);
            return;
        }
        var waiting = new Waiting(lessee, times.clock().getAsLong());
        queue.add(waiting);
        startTicker();
        if (connection == null) {
            serve();
        } else {
            prepare(connection, waiting);
        }
    }

    public void withdraw(Lessee lessee) {
        var waiting = queue.find(lessee);
        if (waiting != null) {
            leave(waiting);
        }
    }

    /** @return whether it was still waiting */
    private boolean leave(Waiting waiting) {
        boolean stood = queue.remove(waiting);
        if (heralds.remove(waiting.lessee) && heralds.isEmpty()) {
            times.loop().execute(this::serve);
        }
        return stood;
    }

    /** While there are heralds, nobody else. */
    private boolean mayBeServed(Lessee lessee) {
        return !isHeld
                && (heralds.isEmpty()
                        || heralds.contains(lessee)
                        || times.clock().getAsLong() - heraldsUntil > 0);
    }

    /** The lessee is done with it, and nothing hangs on it. */
    public void giveBack(ServerConnection connection, Settings left, boolean isUncertain) {
        connection.unshare();
        connection.left(left, isUncertain);
        release(connection);
    }

    /** The lessee is gone and has left something in it. */
    public void giveBackUnclean(ServerConnection connection) {
        connection.unshare();
        if (connection.peer().isGone()) {
            closed(connection);
        } else {
            connection.clean(new Chore(connection));
        }
    }

    /** The lessee is done with it, and so is everybody. */
    public void discard(ServerConnection connection) {
        connection.unshare();
        connection.close();
        closed(connection);
    }

    /** The lessee keeps its connection though it does not work, or does so no longer. */
    public void keeps(Lessee lessee, boolean isKeeping) {
        if (isKeeping) {
            keepers.add(lessee);
            askForSomeBack();
        } else {
            keepers.remove(lessee);
        }
    }

    /**
     * Asks the server to cancel what runs there. Until that has had its effect nobody else gets the connection.
     *
     * @param then runs when it has, or will have none
     */
    public void cancel(ServerConnection connection, Runnable then) {
        connection.cancelling();
        dialer.cancel(connection.address(), connection.cancelKey(), () -> {
            then.run();
            if (connection.cancelArrived() && connection.isUnused() && open.contains(connection)) {
                connection.settle(new Chore(connection));
            }
        });
    }

    // ---- What the world says.

    /** The database has changed, or is said to have. */
    public void update(Route now) {
        reachability.update(now);
        route = now;
        if (now.readiness() != Readiness.AWAKE && now.readiness() != Readiness.UNKNOWN) {
            closeIdle();
        }
        times.loop().execute(this::serve);
    }

    /** A server connection has ended by itself while nothing was going on. */
    public void lostOne(ServerConnection connection) {
        reachability.doubt();
        closed(connection);
    }

    /** What is due by now. Called every second or so. */
    public void sweep() {
        long now = times.clock().getAsLong();
        var patience = route.pooling().patience();
        idle.takeIf(connection -> isOver(now - connection.idleSince(), patience.serverIdle())
                        || isOver(now - connection.since(), patience.serverLifetime()))
                .forEach(this::close);
    }

    public void closeIdle() {
        idle.takeIf(_ -> true).forEach(this::close);
    }

    /** Connections begin otherwise from now on: those that stand are closed when they are free. */
    public void renew() {
        renewedAt = times.clock().getAsLong();
        closeIdle();
    }

    /** The database is no more: whoever has a connection may go on with it, nothing is kept for later. */
    public void end() {
        hasEnded = true;
        closeIdle();
    }

    /** All connections that stand began as connections begin now. */
    public boolean isRenewed() {
        return open.stream().noneMatch(this::isOutdated);
    }

    private boolean isOutdated(ServerConnection connection) {
        return connection.since() - renewedAt < 0;
    }

    /** From now on whoever asks waits, without waking anybody, and connections that come back are closed; or no longer so. */
    public void hold(boolean now) {
        isHeld = now;
        if (now) {
            closeIdle();
        } else {
            queue.all().forEach(waiting -> waiting.again(times.clock().getAsLong()));
            times.loop().execute(this::serve);
        }
    }

    /** There is no connection, and none is being dialed. */
    public boolean isReleased() {
        return open.isEmpty() && dialing.isEmpty();
    }

    private static boolean isOver(long nanos, Duration limit) {
        return !limit.isZero() && nanos >= limit.toNanos();
    }

    // ---- Lending.

    private void lend(ServerConnection connection, Lessee lessee) {
        books.metrics().leased();
        connection.share(lessee);
        lessee.leased(connection);
    }

    /** Makes the connection the lessee's own first, if there is anything to do. */
    private void prepare(ServerConnection connection, Waiting waiting) {
        var wanted = waiting.lessee.settings();
        var sql = connection.preparation(waiting.lessee);
        if (sql.isEmpty()) {
            lendFromQueue(connection, waiting);
        } else {
            waiting.isServed = true;
            connection.prepare(sql, wanted, new Preparation(connection, waiting));
        }
    }

    private void lendFromQueue(ServerConnection connection, Waiting waiting) {
        if (!isHeld && leave(waiting)) {
            books.metrics().waits().record(waiting.waited(times.clock().getAsLong()));
            lend(connection, waiting.lessee);
        } else {
            release(connection);
        }
    }

    /** Settings are on their way to the server, in a lessee's name. */
    private final class Preparation implements UnsharedTraffic.Outcome {
        private final ServerConnection connection;
        private final Waiting waiting;

        Preparation(ServerConnection connection, Waiting waiting) {
            this.connection = connection;
            this.waiting = waiting;
        }

        @Override
        public void done() {
            waiting.isServed = false;
            lendFromQueue(connection, waiting);
        }

        /** What the session needs cannot be had any more, so it cannot work; the connection is as it was. */
        @Override
        public void refused(ErrorFields fields) {
            if (leave(waiting)) {
                waiting.lessee.refused(new ProxyFailure.RefusedByServer(fields));
            }
            release(connection);
        }

        @Override
        public void lost() {
            waiting.isServed = false;
            serve();
        }
    }

    /** Something is done to a connection before it is free again. */
    private final class Chore implements UnsharedTraffic.Outcome {
        private final ServerConnection connection;

        Chore(ServerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void done() {
            release(connection);
        }

        @Override
        public void refused(ErrorFields fields) {
            close(connection);
            serve();
        }

        @Override
        public void lost() {
            serve();
        }
    }

    /** Nobody has it now: the next in the queue gets it, or it waits for one. */
    private void release(ServerConnection connection) {
        if (isWornOut(connection)) {
            close(connection);
            serve();
            return;
        }
        if (connection.isBeingCancelled()) {
            return;
        }
        var surplus = connection.statements().takeSurplus();
        if (!surplus.isEmpty()) {
            connection.closeStatements(surplus, new Chore(connection));
            return;
        }
        var next = queue.isEmpty() ? null : next(connection);
        if (next != null) {
            prepare(connection, next);
        } else if (!queue.isEmpty() && isFull() && queue.firstUnserved(this::mayBeDialed) != null) {
            close(connection);
            serve();
        } else {
            connection.idleSince(times.clock().getAsLong());
            idle.add(connection);
        }
    }

    private boolean isWornOut(ServerConnection connection) {
        long age = times.clock().getAsLong() - connection.since();
        return hasEnded
                || isHeld
                || !connection.isUsable()
                || isOutdated(connection)
                || isOver(age, route.pooling().patience().serverLifetime())
                || reachability.isBeingSuspended()
                || open.size() + dialing.size() > capacity();
    }

    /** The longest waiting of the connection's profile, unless somebody of another one has waited for too long. */
    private @Nullable Waiting next(ServerConnection connection) {
        var mine = queue.firstUnserved(connection.profile(), this::mayBeServed);
        var first = queue.firstUnserved(this::mayBeDialed);
        boolean isUnfair =
                mine != first && first != null && first.waited(times.clock().getAsLong()) > FAIR && isFull();
        return isUnfair ? null : mine;
    }

    private void close(ServerConnection connection) {
        connection.close();
        closed(connection);
    }

    private void closed(ServerConnection connection) {
        if (open.remove(connection)) {
            byRole.remove(connection.profile().role());
        }
        idle.remove(connection);
    }

    // ---- The queue.

    private void startTicker() {
        ticksOfRest = 0;
        if (stopTicker == null) {
            stopTicker = times.ticker().start(this::tick);
        }
    }

    private void tick() {
        long now = times.clock().getAsLong();
        for (var waiting : queue.all()) {
            waiting.tellIfDue(now, isHeld);
            timeOut(waiting, now);
        }
        serve();
        ticksOfRest = queue.isEmpty() ? ticksOfRest + 1 : 0;
        if (ticksOfRest > TICKS_OF_REST && stopTicker != null) {
            stopTicker.run();
            stopTicker = null;
        }
    }

    private void timeOut(Waiting waiting, long now) {
        var limit = isHeld || waiting.waitsForWake() ? wakeTimeout : patience().queue();
        if (waiting.waited(now) >= limit.toNanos() && leave(waiting)) {
            waiting.lessee.refused(timedOut(waiting, limit));
        }
    }

    private ProxyFailure timedOut(Waiting waiting, Duration limit) {
        if (isHeld) {
            return new ProxyFailure.Paused(limit);
        }
        return waiting.waitsForWake() ? new ProxyFailure.WakeTimedOut(limit) : new ProxyFailure.QueueTimedOut(limit);
    }

    private PoolPolicy.Patience patience() {
        return route.pooling().patience();
    }

    private void serve() {
        var first = queue.first();
        if (first == null) {
            return;
        }
        if (route.suspendedByOwner() && route.readiness() != Readiness.AWAKE) {
            refuseAll(new ProxyFailure.PutToSleep());
            return;
        }
        if (isHeld) {
            return;
        }
        if (reachability.isThoughtAsleep()) {
            askForWake(first);
        }
        lendIdle();
        var address = route.address();
        if (address != null && !reachability.isBeingSuspended()) {
            dialWhatIsAllowed(address);
        }
        askForSomeBack();
    }

    private void askForWake(Waiting first) {
        long now = times.clock().getAsLong();
        queue.all().forEach(waiting -> waiting.databaseSleeps(now));
        reachability.wake(first.lessee.visitor());
    }

    private void lendIdle() {
        for (var profile : idle.profiles()) {
            var waiting = queue.firstUnserved(profile, this::mayBeServed);
            var connection = waiting == null ? null : idle.take(waiting.lessee);
            if (waiting != null && connection != null) {
                prepare(connection, waiting);
            }
        }
    }

    private void dialWhatIsAllowed(Address address) {
        var next = queue.firstUnserved(this::mayBeDialed);
        while (next != null && dialing.size() < reachability.allowance() && makesRoomFor(next)) {
            dial(address, next);
            next = queue.firstUnserved(this::mayBeDialed);
        }
    }

    /** Those of a role that has all that it may have do not hold up the others behind them. */
    private boolean mayBeDialed(Lessee lessee) {
        var role = lessee.profile().role();
        return mayBeServed(lessee) && (!isFull(role) || idle.hasOne(connection -> isOf(connection, role)));
    }

    private boolean isFull(String role) {
        return byRole.of(role) >= route.pooling().serversOf(role);
    }

    private static boolean isOf(ServerConnection connection, String role) {
        return connection.profile().role().equals(role);
    }

    /** If need be, in the place of a connection that nobody uses; of the same role, if it is the role that has too many. */
    private boolean makesRoomFor(Waiting waiting) {
        var role = waiting.lessee.profile().role();
        boolean isOwn = isFull(role);
        if (!isOwn && !isFull()) {
            return true;
        }
        var unused = idle.takeOldest(connection -> !isOwn || isOf(connection, role));
        if (unused != null) {
            close(unused);
        }
        return unused != null;
    }

    private boolean isFull() {
        return open.size() + dialing.size() >= capacity();
    }

    /** The reserve is for those who have waited for long. */
    private int capacity() {
        var size = route.pooling().size();
        var first = queue.first();
        boolean isUrgent = first != null
                && !first.waitsForWake()
                && first.waited(times.clock().getAsLong())
                        >= size.reserveAfter().toNanos();
        return isUrgent || open.size() > size.servers() ? size.withReserve() : size.servers();
    }

    private void dial(Address address, Waiting waiting) {
        var profile = waiting.lessee.profile();
        waiting.isServed = true;
        dialing.add(profile);
        byRole.add(profile.role());
        dialer.dial(address, waiting.lessee.login(), outcome -> {
            waiting.isServed = false;
            dialing.remove(profile);
            byRole.remove(profile.role());
            dialed(waiting, outcome);
        });
    }

    private void dialed(Waiting waiting, DialOutcome outcome) {
        switch (outcome) {
            case DialOutcome.Connected(LoggedIn login) -> connected(waiting, login);
            case DialOutcome.Asleep(String why) -> {
                reachability.asleep(why);
                var first = queue.first();
                if (first != null && !isHeld) {
                    askForWake(first);
                }
            }
            case DialOutcome.Full _ -> {
                // Tried again at the next tick, until the queue's own time is over.
            }
            case DialOutcome.Refused(ProxyFailure failure) -> {
                awake();
                if (leave(waiting)) {
                    waiting.lessee.refused(failure);
                }
                serve();
            }
        }
    }

    private void connected(Waiting waiting, LoggedIn login) {
        var connection = new ServerConnection(
                login, reported, this::endedUnshared, times.clock().getAsLong());
        open.add(connection);
        byRole.add(connection.profile().role());
        awake();
        if (queue.find(waiting.lessee) == waiting && mayBeServed(waiting.lessee)) {
            prepare(connection, waiting);
        } else {
            release(connection);
        }
        serve();
    }

    private void endedUnshared(ServerConnection connection) {
        reachability.doubt();
        closed(connection);
    }

    private void awake() {
        long now = times.clock().getAsLong();
        queue.all().forEach(waiting -> waiting.databaseAwake(now));
        if (reachability.awake()) {
            heraldsUntil = now + HERALDS_PATIENCE;
            isWakingHeralds = true;
            whenAwake.run();
            isWakingHeralds = false;
            if (heralds.size() >= capacity()) {
                // They would leave nothing for those whom they want to hear.
                heralds.clear();
            }
        }
    }

    private void refuseAll(ProxyFailure failure) {
        for (var waiting : queue.all()) {
            if (leave(waiting)) {
                waiting.lessee.refused(failure);
            }
        }
    }

    /** As many as are waited for, of those that have kept theirs longest; some cannot. */
    private void askForSomeBack() {
        int wanted = queue.size() - dialing.size();
        if (isHeld || wanted <= 0 || keepers.isEmpty() || !isFull()) {
            return;
        }
        keepers.stream().limit(wanted).toList().forEach(Lessee::giveBack);
    }

    /** As far as one knows: the API says so, or a connection stands. */
    public boolean isAwake() {
        return route.readiness() == Readiness.AWAKE || (!open.isEmpty() && !reachability.isBeingSuspended());
    }

    /** A wake has been asked for, or is said to be going on. */
    public boolean isWaking() {
        return reachability.isWaking();
    }

    /** Whose connections are being dialed. */
    public List<Profile> dialing() {
        return List.copyOf(dialing);
    }

    public List<ServerView> servers() {
        var unused = new HashSet<>(idle.all());
        return open.stream()
                .map(connection -> connection.view(unused.contains(connection), isHeld || isOutdated(connection)))
                .toList();
    }

    /** How long the lessee has waited so far, in nanoseconds; zero if it does not wait. */
    public long waited(Lessee lessee) {
        var waiting = queue.find(lessee);
        return waiting == null ? 0 : waiting.waited(times.clock().getAsLong());
    }

    /** The one map that stands for all that are equal to it. */
    public Map<String, String> reported(Map<String, String> parameters) {
        return reported.intern(parameters, Function.identity());
    }

    public int size() {
        return open.size();
    }

    /** What there is at this moment. */
    public DatabaseFigures.Pool figures() {
        int leased = (int) open.stream().filter(ServerConnection::isShared).count();
        int unused = idle.all().size();
        var first = queue.first();
        int toCome = dialing.size();
        return new DatabaseFigures.Pool(
                Map.of(
                        "leased", leased,
                        "idle", unused,
                        "preparing", open.size() - leased - unused,
                        "dialing", toCome),
                first == null
                        ? Duration.ZERO
                        : Duration.ofNanos(first.waited(times.clock().getAsLong())));
    }

    /** Connections that nobody uses. */
    public List<ServerConnection> idle() {
        return idle.all();
    }
}
