package dev.railwaypostgres.playground.binaries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts children that end with this process, also when it is killed: the kernel sends them SIGTERM. It does so when the <em>thread</em>
 * that forked them ends, hence one platform thread forks all and lives as long as the nursery. Closing the nursery ends its children.
 */
public final class ProcessNursery implements AutoCloseable {
    private static final boolean CAN_BIND_LIVES = Files.isExecutable(Path.of("/usr/bin/setpriv"));

    private final ExecutorService forker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("process-nursery").factory());

    private final Set<Process> children = ConcurrentHashMap.newKeySet();

    /** Starts the process as this user. */
    public Process start(ProcessBuilder process) {
        return fork(process, List.of());
    }

    /** Starts the process as a user that is not root, with {@code folder} as its own. */
    public Process startUnprivileged(ProcessBuilder process, Path folder) {
        var way = Unprivileged.ofThisMachine();
        way.give(folder);
        return fork(process, way.prefix());
    }

    private Process fork(ProcessBuilder process, List<String> prefix) {
        var command = new ArrayList<>(prefix);
        if (CAN_BIND_LIVES) {
            // In a session of its own: Ctrl-C is for this process, which ends its children in order. And last: whoever
            // becomes another user, or enters a namespace, loses the signal that was asked for before.
            command.addAll(List.of("setsid", "setpriv", "--pdeathsig", "TERM"));
        }
        command.addAll(process.command());
        try {
            return known(forker.submit(() -> process.command(command).start()).get());
        } catch (ExecutionException e) {
            throw new UncheckedIOException(
                    "Cannot start " + command.getFirst(),
                    e.getCause() instanceof IOException io ? io : new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting a process", e);
        }
    }

    private Process known(Process child) {
        children.add(child);
        var _ = child.onExit().thenAccept(children::remove);
        return child;
    }

    /** The end of the thread does not reach a child that has not come to ask for the signal yet. */
    @Override
    public void close() {
        forker.shutdownNow();
        children.forEach(Process::destroy);
    }
}
