package dev.railwaypostgres.sleep.watch;

import dev.railwaypostgres.sleep.ActivityMemory;
import dev.railwaypostgres.sleep.LoginSight;
import dev.railwaypostgres.sleep.compute.ActivitySnapshot;
import dev.railwaypostgres.sleep.compute.ComputeException;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.ComputeSession;
import dev.railwaypostgres.sleep.compute.ComputeSql;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import dev.railwaypostgres.sleep.compute.RunningParameters;
import dev.railwaypostgres.sleep.watch.ComputeWatch.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One compute under watch, and the one session to it, used by one thread at a time. */
final class WatchedCompute {
    /** Roles and parameters change seldom, and each look at them is more statements; but a new role is to work within seconds. */
    private static final int LOOKS_PER_CLOSE_LOOK = 2;

    private final ComputeSql sql;
    private final InstantSource clock;
    private final ReentrantLock use = new ReentrantLock();

    private volatile Order order;
    private volatile LoginSight last = new LoginSight.NotTried();
    private volatile @Nullable RolesSnapshot roles;
    private volatile @Nullable RunningParameters parameters;
    private @Nullable ComputeSession session;
    private @Nullable ComputeIdentity identity;
    private @Nullable ActivityMemory memory;
    private Instant lastIn;
    private boolean fenced;
    private boolean closed;
    private int looks;

    WatchedCompute(ComputeSql sql, InstantSource clock, Order order) {
        this.sql = sql;
        this.clock = clock;
        this.order = order;
        this.lastIn = clock.instant();
    }

    void obey(Order next) {
        Order before = order;
        order = next;
        if (!before.login().equals(next.login())) {
            endSession();
        }
    }

    Duration pace() {
        return order.pace();
    }

    LoginSight last() {
        return last;
    }

    Optional<RolesSnapshot> roles() {
        return Optional.ofNullable(roles);
    }

    Optional<RunningParameters> parameters() {
        return Optional.ofNullable(parameters);
    }

    LoginSight look() {
        use.lock();
        try {
            last = closed ? new LoginSight.NotTried() : see();
            return last;
        } finally {
            use.unlock();
        }
    }

    /** Looks; true if what is seen is of another kind than before, or who may log in, or by which parameters it runs. */
    boolean lookForNews() {
        LoginSight before = last;
        RolesSnapshot rolesBefore = roles;
        RunningParameters parametersBefore = parameters;
        LoginSight now = look();
        return !before.getClass().equals(now.getClass())
                || !Objects.equals(roles, rolesBefore)
                || !Objects.equals(parameters, parametersBefore);
    }

    <T> T call(Function<ComputeSession, T> work) {
        use.lock();
        try {
            return work.apply(open());
        } catch (ComputeException e) {
            drop();
            throw e;
        } finally {
            use.unlock();
        }
    }

    void fence() {
        use.lock();
        try {
            open().fence();
            fenced = true;
        } catch (ComputeException e) {
            drop();
            throw e;
        } finally {
            use.unlock();
        }
    }

    ComputeIdentity identify() {
        return call(open -> {
            ComputeIdentity now = open.identity();
            identity = now;
            return now;
        });
    }

    void offerParameters(String text) {
        call(open -> {
            open.offerParameters(text);
            parameters = open.parameters();
            return true;
        });
    }

    void endSession() {
        use.lock();
        try {
            drop();
        } finally {
            use.unlock();
        }
    }

    void close() {
        use.lock();
        try {
            closed = true;
            drop();
        } finally {
            use.unlock();
        }
    }

    private LoginSight see() {
        try {
            ComputeSession open = open();
            ActivitySnapshot activity = open.activity();
            if (looks++ % LOOKS_PER_CLOSE_LOOK == 0) {
                roles = open.roles();
                parameters = open.parameters();
            }
            Instant now = clock.instant();
            memory = memory == null
                    ? ActivityMemory.begin(activity, order.policy(), now)
                    : memory.after(activity, order.policy(), now);
            lastIn = now;
            return new LoginSight.LoggedIn(identity(open), activity, fenced, memory.lastActivity());
        } catch (ComputeException e) {
            drop();
            return sight(e);
        }
    }

    private LoginSight sight(ComputeException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e) {
            case ComputeException.StartingUp _ -> new LoginSight.StartingUp();
            case ComputeException.ShuttingDown _ -> new LoginSight.ShuttingDown(lastIn);
            case ComputeException.LoginRefused _ -> new LoginSight.Refused(message);
            case ComputeException.Unreachable _, ComputeException.Failed _ ->
                new LoginSight.Unreachable(message, lastIn);
        };
    }

    /** Asked for once: other data takes another start, which no session outlives. */
    private ComputeIdentity identity(ComputeSession open) {
        ComputeIdentity known = Objects.requireNonNullElseGet(identity, open::identity);
        identity = known;
        return known;
    }

    private ComputeSession open() {
        ComputeSession known = session;
        if (known != null) {
            return known;
        }
        ComputeSession opened = sql.open(order.login(), order.timeout());
        session = opened;
        fenced = false;
        looks = 0;
        return opened;
    }

    private void drop() {
        ComputeSession known = session;
        session = null;
        identity = null;
        fenced = false;
        last = new LoginSight.NotTried();
        if (known != null) {
            known.close();
        }
    }
}
