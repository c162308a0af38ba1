package dev.railwaypostgres.playground.model;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.proxy.session.SessionState;
import dev.railwaypostgres.sleep.SleepReason;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One database, its operator, and two proxies with a client each, at one moment.
 *
 * <p>Time passes in ticks, and only ages are kept, up to a limit beyond which older makes no difference: that keeps the
 * number of states finite.
 */
record SleepWorld(
        Durable durable, Compute compute, Archive archive, Operator operator, List<Client> clients, Luck luck) {
    /** Ages beyond this are alike. */
    static final int OLD = 3;

    static final int NEVER = -1;

    /**
     * What Kubernetes keeps: the status, and the wishes that proxies have left as annotations.
     *
     * @param begun since when the suspend is tried, if Postgres was started again under it; otherwise {@link #NEVER}
     * @param wakeWish somebody has asked for a wake since the suspend began
     * @param holdWish somebody has asked to stay awake since the suspend began
     */
    record Durable(
            Phase phase,
            int since,
            int begun,
            @Nullable SleepReason reason,
            boolean checkpointed,
            boolean wakeWish,
            boolean holdWish) {
        Durable wishedAwake() {
            return new Durable(phase, since, begun, reason, checkpointed, isGoingOrGone(), holdWish);
        }

        Durable wishedHeld() {
            return new Durable(phase, since, begun, reason, checkpointed, wakeWish, phase == Phase.SUSPENDING);
        }

        Durable withCheckpoint() {
            return new Durable(phase, since, begun, reason, true, wakeWish, holdWish);
        }

        Durable older() {
            int older = phase == Phase.ACTIVE ? 1 : age(since);
            return new Durable(
                    phase, older, begun == NEVER ? NEVER : age(begun), reason, checkpointed, wakeWish, holdWish);
        }

        /** A wish from while it is awake will be older than the next suspend. */
        private boolean isGoingOrGone() {
            return phase == Phase.SUSPENDING || phase == Phase.SUSPENDED;
        }
    }

    enum Power {
        DOWN,
        CRASHED,
        BOOTING,
        UP,
        FENCED;

        boolean takesLogins() {
            return this == UP;
        }

        boolean isAlive() {
            return this == UP || this == FENCED;
        }
    }

    /**
     * The real compute, and what Railway last said of it.
     *
     * @param comesBack Railway starts it again when it ends by itself
     * @param isBack it was started again after the suspend began
     */
    record Compute(Power power, Power said, boolean comesBack, boolean isBack) {
        Compute with(Power next) {
            return new Compute(next, said, comesBack, isBack);
        }

        Compute listed() {
            return new Compute(power, power, comesBack, isBack);
        }

        Compute back(boolean is) {
            return new Compute(power, said, comesBack, is);
        }
    }

    /** Whether the archive holds what was committed before the last checkpoint. */
    enum Archive {
        SAFE,
        BEHIND,
        REFUSING
    }

    enum Login {
        NONE,
        OPEN,
        FENCED
    }

    /** The operator's memory, which a crash takes. */
    record Operator(boolean isUp, Login login, int quiet, int unheard, boolean hasLooked) {
        static final Operator CRASHED = new Operator(false, Login.NONE, 0, 0, false);
        static final Operator STARTED = new Operator(true, Login.NONE, 0, 0, false);

        Operator with(Login next) {
            return new Operator(isUp, next, quiet, unheard, hasLooked);
        }

        Operator looked(Login found, int quietFor) {
            return new Operator(isUp, found, quietFor, found == Login.NONE ? unheard : 0, true);
        }

        Operator older() {
            return new Operator(
                    isUp, login, login == Login.NONE ? 0 : 1, login == Login.NONE ? age(unheard) : 0, false);
        }
    }

    /** How far a statement has come. */
    enum Stage {
        NONE,
        HELD,
        SENT,
        RUNNING,
        ANSWERED,
        /** Answered, and it left something in the server that cannot be made again. */
        ANSWERED_AND_HOLDING,
        /** The proxy has asked the server what the session holds there. */
        CHECKED
    }

    enum Server {
        NONE,
        IDLE,
        ACTIVE
    }

    /**
     * A client with its session in a proxy of its own.
     *
     * @param seen the phase that the proxy's watch has delivered
     * @param idle age of the server connection's idleness
     * @param runs how often the present statement has been begun
     * @param left statements that the client will still send
     * @param isHolding the proxy still has to tell the operator to keep the database awake
     */
    record Client(
            Phase seen,
            SessionState session,
            Stage stage,
            Server server,
            int idle,
            int runs,
            int left,
            boolean isHolding) {
        Client with(SessionState next) {
            return new Client(seen, next, stage, server, idle, runs, left, isHolding);
        }

        Client with(Phase next) {
            return new Client(next, session, stage, server, idle, runs, left, isHolding);
        }

        Client with(Stage next) {
            return new Client(seen, session, next, server, idle, next == Stage.NONE ? 0 : runs, left, isHolding);
        }

        Client with(Server next) {
            return new Client(seen, session, stage, next, 0, runs, left, isHolding);
        }

        Client begun() {
            return new Client(seen, session, Stage.RUNNING, Server.ACTIVE, 0, runs + 1, left, isHolding);
        }

        Client asks() {
            return new Client(seen, session, Stage.HELD, server, idle, 0, left - 1, isHolding);
        }

        Client holding(boolean holds) {
            return new Client(seen, session, stage, server, idle, runs, left, holds);
        }

        Client gone() {
            return new Client(seen, session.toClosed(), Stage.NONE, Server.NONE, 0, 0, 0, false);
        }

        Client older() {
            return new Client(seen, session, stage, server, server == Server.IDLE ? 1 : 0, runs, left, isHolding);
        }
    }

    /**
     * @param faults how many more there may be
     * @param isForced one of those that were leaves a client no choice but to see an error
     * @param wrong a promise that was broken on the way here
     */
    record Luck(int faults, boolean isForced, @Nullable String wrong) {
        Luck harmless() {
            return new Luck(faults - 1, isForced, wrong);
        }

        Luck forcing() {
            return new Luck(faults - 1, true, wrong);
        }

        Luck broken(String sentence) {
            return new Luck(faults, isForced, wrong == null ? sentence : wrong);
        }
    }

    static int age(int age) {
        return Math.min(OLD, age + 1);
    }

    SleepWorld with(Durable next) {
        return new SleepWorld(next, compute, archive, operator, clients, luck);
    }

    SleepWorld with(Compute next) {
        return new SleepWorld(durable, next, archive, operator, clients, luck);
    }

    SleepWorld with(Archive next) {
        return new SleepWorld(durable, compute, next, operator, clients, luck);
    }

    SleepWorld with(Operator next) {
        return new SleepWorld(durable, compute, archive, next, clients, luck);
    }

    SleepWorld with(Luck next) {
        return new SleepWorld(durable, compute, archive, operator, clients, next);
    }

    SleepWorld with(int index, Client next) {
        return new SleepWorld(
                durable,
                compute,
                archive,
                operator,
                IntStream.range(0, clients.size())
                        .mapToObj(i -> i == index ? next : clients.get(i))
                        .toList(),
                luck);
    }

    SleepWorld broken(String sentence) {
        return with(luck.broken(sentence));
    }

    /** Railway starts it without having been asked to. */
    SleepWorld startedByRailway() {
        return with(compute.with(Power.BOOTING).back(durable.phase() == Phase.SUSPENDING));
    }

    SleepWorld power(Power next) {
        return with(compute.with(next));
    }

    boolean hasStatementInside() {
        return clients.stream().anyMatch(client -> client.server() == Server.ACTIVE);
    }

    boolean hasConnections() {
        return clients.stream().anyMatch(client -> client.server() != Server.NONE);
    }

    /** Nobody waits: all that was asked is answered, and every session knows where it stands. */
    boolean isRestful() {
        return clients.stream().allMatch(client -> client.stage() == Stage.NONE);
    }
}
