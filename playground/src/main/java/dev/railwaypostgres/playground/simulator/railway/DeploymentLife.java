package dev.railwaypostgres.playground.simulator.railway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One deployment from its queue to its end, on a thread of its own.
 *
 * <pre>
 *   QUEUED -> INITIALIZING -> DEPLOYING -> SUCCESS, instance RUNNING -+-> exit 0: stopped, EXITED
 *      |           |             |            ^                       +-> exit != 0: RESTARTING, at last CRASHED
 *      '-----------+-------------+------------|-- superseded or removed: REMOVED
 *                                             '-- stop: stopped, STOPPED
 * </pre>
 *
 * The lock is the volume's mount: the next deployment of the service waits there until this one's process is gone.
 */
final class DeploymentLife {
    /** Why a life ends that did not end by itself. */
    enum End {
        STOP,
        REMOVE,
        /** The simulator closes or runs the same deployment anew: nothing is noted, so that it goes on later. */
        LEAVE
    }

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentLife.class);
    private static final Duration RESTART_DELAY = Duration.ofMillis(100);

    private final String id;
    private final Lock mount;
    private final Deployments deployments;
    private final Duration bootDelay;
    private final AtomicReference<@Nullable End> wantedEnd = new AtomicReference<>();
    private final CompletableFuture<Void> endWanted = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    DeploymentLife(String id, Lock mount, Deployments deployments, Duration bootDelay) {
        this.id = id;
        this.mount = mount;
        this.deployments = deployments;
        this.bootDelay = bootDelay;
    }

    /** Asks for the end and returns at once; a later wish takes the place of an earlier one. */
    CompletableFuture<Void> end(End end) {
        wantedEnd.set(end);
        endWanted.complete(null);
        return over;
    }

    void run() {
        try {
            mount.lockInterruptibly();
            try {
                live();
            } finally {
                mount.unlock();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("deployment", id).log("A deployment failed inside the simulator");
            deployments.finish(id, "FAILED", "CRASHED");
        } finally {
            over.complete(null);
        }
    }

    private void live() throws InterruptedException {
        var early = bootDelay.dividedBy(4);
        deployments.enter(id, "INITIALIZING", "CREATED");
        var ended = isEndedWithin(early);
        if (!ended) {
            deployments.enter(id, "DEPLOYING", "INITIALIZING");
            ended = isEndedWithin(bootDelay.minus(early));
        }
        if (ended) {
            noteEnd();
        } else if (deployments.canMount(id)) {
            runWithRestarts();
        } else {
            deployments.finish(id, "FAILED", "REMOVED");
        }
    }

    private void runWithRestarts() throws InterruptedException {
        for (var restarts = 0; ; restarts++) {
            var status = runOnce();
            if (endWanted.isDone()) {
                noteEnd();
                return;
            }
            if (!deployments.restartsAfter(id, status, restarts)) {
                noteExit(status);
                return;
            }
            deployments.enter(id, "SUCCESS", "RESTARTING");
            if (isEndedWithin(RESTART_DELAY)) {
                noteEnd();
                return;
            }
        }
    }

    private int runOnce() throws InterruptedException {
        var container = deployments.startContainer(id);
        try {
            CompletableFuture.anyOf(container.process().onExit(), endWanted).join();
            if (container.isRunning()) {
                container.stop(deployments.drainingSeconds(id));
            }
            return container.process().waitFor();
        } finally {
            deployments.containerEnded(id);
        }
    }

    private void noteExit(int status) {
        if (status == 0) {
            deployments.finish(id, "SUCCESS", "EXITED");
        } else {
            deployments.finish(id, "CRASHED", "CRASHED");
        }
    }

    private void noteEnd() {
        switch (wantedEnd.get()) {
            case STOP -> deployments.finish(id, "SUCCESS", "STOPPED");
            case REMOVE -> deployments.finish(id, "REMOVED", "REMOVED");
            case LEAVE -> {}
            case null -> {}
        }
    }

    private boolean isEndedWithin(Duration time) throws InterruptedException {
        try {
            endWanted.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
