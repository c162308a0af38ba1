package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.proxy.auth.RoleDirectory;
import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.park.Pin;
import dev.railwaypostgres.proxy.pool.ServerPool;
import dev.railwaypostgres.proxy.route.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One database at run time: its roles, its pool, and the sessions that are logged in to it. Confined to its event loop. */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final RoleDirectory roles;
    private final ServerPool pool;
    private final OperatorApi operator;
    private final Set<ClientSession> sessions = new LinkedHashSet<>();
    private Route route;

    public Database(Route route, RoleDirectory roles, ServerPool pool, OperatorApi operator) {
        this.route = route;
        this.roles = roles;
        this.pool = pool;
        this.operator = operator;
        pool.whenAwake(() -> List.copyOf(sessions).forEach(ClientSession::listenAgain));
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
            List.copyOf(sessions).forEach(ClientSession::suspending);
        } else if (before == Route.Readiness.SUSPENDING) {
            List.copyOf(sessions).forEach(ClientSession::suspendOver);
        }
        if (now.readiness() == Route.Readiness.AWAKE && before != Route.Readiness.AWAKE) {
            List.copyOf(sessions).forEach(ClientSession::listenAgain);
        }
    }

    /** As far as one knows. */
    boolean isAwake() {
        return pool.isAwake();
    }

    /** What is due by now. Called every second or so. */
    void sweep(long now) {
        pool.sweep();
        var patience = route.pooling().patience();
        if (!patience.idleInTransaction().isZero() || !patience.clientIdle().isZero()) {
            List.copyOf(sessions).forEach(session -> session.sweep(now, patience));
        }
    }

    boolean hasRoom() {
        return sessions.size() < route.pooling().size().clients();
    }

    void join(ClientSession session) {
        sessions.add(session);
    }

    void leave(ClientSession session) {
        sessions.remove(session);
    }

    void keepAwake(Visitor visitor, Pin reason) {
        var _ = operator.hold(route.database(), visitor, reason.text()).whenComplete((_, problem) -> {
            if (problem != null) {
                LOG.atWarn()
                        .addKeyValue("database", route.database())
                        .addKeyValue("cause", problem.toString())
                        .log("the operator did not hear that a session holds the database awake");
            }
        });
    }
}
