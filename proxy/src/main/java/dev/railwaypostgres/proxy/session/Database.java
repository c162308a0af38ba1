package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.proxy.activity.ActivityLedger;
import dev.railwaypostgres.proxy.activity.Books;
import dev.railwaypostgres.proxy.auth.RoleDirectory;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.manage.DatabaseFigures;
import dev.railwaypostgres.proxy.manage.DatabaseMetrics;
import dev.railwaypostgres.proxy.manage.Totals;
import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.park.Pin;
import dev.railwaypostgres.proxy.pool.RoleCounts;
import dev.railwaypostgres.proxy.pool.ServerPool;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.session.SessionState.Farewell;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One database at run time: its roles, its pool, and the sessions that are logged in to it. Confined to its event loop. */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final RoleDirectory roles;
    private final ServerPool pool;
    private final OperatorApi operator;
    private final Books books;
    private final Set<ClientSession> sessions = new LinkedHashSet<>();
    private final RoleCounts byRole = new RoleCounts();
    private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);
    private boolean isDisabled;
    private Route route;

    /** @param books of this database; the pool writes there, too */
    public Database(Route route, RoleDirectory roles, ServerPool pool, OperatorApi operator, Books books) {
        this.route = route;
        this.roles = roles;
        this.pool = pool;
        this.operator = operator;
        this.books = books;
        pool.whenAwake(this::listenAgain);
    }

    private void listenAgain() {
        List.copyOf(sessions).forEach(ClientSession::listenAgain);
    }

    public Route route() {
        return route;
    }

    public RoleDirectory roles() {
        return roles;
    }

    public ServerPool pool() {
        return pool;
    }

    public DatabaseMetrics metrics() {
        return books.metrics();
    }

    /** What has been counted up to now. */
    public Totals totals() {
        return Totals.of(books.metrics());
    }

    ActivityLedger ledger() {
        return books.ledger();
    }

    /** The resource has changed. */
    public void update(Route now) {
        if (now.equals(route)) {
            return;
        }
        var before = route.readiness();
        boolean rolesChanged = !route.rolesVersion().equals(now.rolesVersion());
        route = now;
        if (rolesChanged || before != now.readiness()) {
            roles.refresh();
        }
        pool.update(now);
        if (now.readiness() == Route.Readiness.SUSPENDING) {
            want(Farewell.SUSPEND);
        } else if (before == Route.Readiness.SUSPENDING) {
            want(isPaused() ? Farewell.PAUSE : Farewell.NONE);
        }
        if (now.readiness() == Route.Readiness.AWAKE && before != Route.Readiness.AWAKE) {
            listenAgain();
        }
    }

    private void want(Farewell by) {
        List.copyOf(sessions).forEach(session -> session.serverWanted(by));
    }

    /** As far as one knows. */
    boolean isAwake() {
        return pool.isAwake();
    }

    /** Who listens can do so now: that alone wakes nobody, and is no way around a pause. */
    boolean letsListen() {
        return pool.isAwake() && !isPaused();
    }

    // ---- What administrators say.

    /** Whom a pause is about. */
    public enum Pause {
        OF_ALL,
        OF_THIS
    }

    /** Holds all new work, and waits for nobody: see {@link ServerPool#isReleased}. Or no longer so. */
    public void pause(Pause which, boolean now) {
        boolean wasPaused = isPaused();
        if (now) {
            pauses.add(which);
        } else {
            pauses.remove(which);
        }
        if (wasPaused != isPaused()) {
            pool.hold(isPaused());
            if (route.readiness() != Route.Readiness.SUSPENDING) {
                want(isPaused() ? Farewell.PAUSE : Farewell.NONE);
            }
            listenAgain();
        }
    }

    public boolean isPaused() {
        return !pauses.isEmpty();
    }

    public boolean isPaused(Pause which) {
        return pauses.contains(which);
    }

    /** Lets nobody in any more, or again. Who is in stays. */
    public void disable(boolean now) {
        isDisabled = now;
    }

    public boolean isDisabled() {
        return isDisabled;
    }

    /** Ends all sessions, whatever they are at. */
    public void kill() {
        List.copyOf(sessions).forEach(ClientSession::kill);
    }

    /** @return whether there was one of that number */
    public boolean kill(int number) {
        var found = sessions.stream()
                .filter(session -> session.cancelKey().processId() == number)
                .findFirst();
        found.ifPresent(ClientSession::kill);
        return found.isPresent();
    }

    /** It is no more: ends the sessions that are at nothing. @return whether there are no others */
    boolean endsQuietSessions() {
        List.copyOf(sessions).forEach(ClientSession::databaseDeleted);
        return sessions.isEmpty();
    }

    public List<SessionView> views() {
        return sessions.stream().map(ClientSession::view).toList();
    }

    /** What is due by now. Called every second or so. */
    void sweep(long now) {
        pool.sweep();
        var patience = route.pooling().patience();
        if (!patience.idleInTransaction().isZero() || !patience.clientIdle().isZero()) {
            List.copyOf(sessions).forEach(session -> session.sweep(now, patience));
        }
    }

    /** Why one more client of the role would be too many; empty: it would not. */
    Optional<ProxyFailure> refusal(String role) {
        int clients = route.pooling().size().clients();
        int ofRole = route.pooling().clientsOf(role);
        if (sessions.size() >= clients) {
            return Optional.of(new ProxyFailure.TooManyClients(clients));
        }
        return byRole.of(role) >= ofRole
                ? Optional.of(new ProxyFailure.TooManyClientsOfRole(role, ofRole))
                : Optional.empty();
    }

    void join(ClientSession session) {
        sessions.add(session);
        byRole.add(session.profile().role());
    }

    void leave(ClientSession session) {
        if (sessions.remove(session)) {
            byRole.remove(session.profile().role());
        }
    }

    void keepAwake(Visitor visitor, Pin reason) {
        ledger().held(visitor, reason.text());
        visitor.on(LOG.atInfo().addKeyValue("database", route.database()).addKeyValue("reason", reason.text()))
                .log("a session holds the database awake");
        var _ = operator.hold(route.database(), visitor, reason.text()).whenComplete((_, problem) -> {
            if (problem != null) {
                LOG.atWarn()
                        .addKeyValue("database", route.database())
                        .addKeyValue("cause", problem.toString())
                        .log("the operator did not hear that a session holds the database awake");
            }
        });
    }

    /** What there is to count at this moment. */
    DatabaseFigures figures() {
        var states = new HashMap<String, Integer>();
        var pins = new HashMap<String, Integer>();
        long bytes = 0;
        for (var session : sessions) {
            states.merge(session.standing().text(), 1, Integer::sum);
            var pin = session.pinned();
            if (pin != null) {
                pins.merge(pin.text(), 1, Integer::sum);
            }
            bytes += session.standing() == Standing.PARKED ? session.bytes() : 0;
        }
        return DatabaseFigures.of(
                route.database().toString(),
                books.metrics(),
                new DatabaseFigures.Census(states, pins, bytes, pool.figures()));
    }

    WhyAwake why() {
        long now = System.nanoTime();
        var worked = sessions.stream()
                .filter(ClientSession::isOfInterest)
                .sorted(Comparator.comparingLong(session -> session.quietFor(now)))
                .map(session -> session.sight(now))
                .toList();
        return WhyAwake.of(route.database().toString(), isAwake(), worked, books.ledger());
    }
}
