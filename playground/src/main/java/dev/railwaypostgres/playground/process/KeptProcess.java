package dev.railwaypostgres.playground.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A program that is started anew whenever it ends by itself, after pauses that double, as a Deployment does it with pods. */
public final class KeptProcess implements AutoCloseable {
    private static final Executor THREADS = Thread::startVirtualThread;

    private final Supplier<ChildProcess> program;
    private final Pauses pauses;
    private final Consumer<String> progress;
    private ChildProcess process;
    private boolean isWanted;
    private Duration pause;
    private long startedAt;
    private int restarts;

    /**
     * How long to wait before it is started anew.
     *
     * @param longest they double up to this
     * @param forget after it has run for so long, the first pause is the next again
     */
    public record Pauses(Duration first, Duration longest, Duration forget) {
        public static final Pauses USUAL =
                new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

        Duration after(Duration pause) {
            var doubled = pause.multipliedBy(2);
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    /**
     * Starts it for the first time, unkept: until {@link #keep()} its end is nobody's business but the caller's.
     *
     * @param program starts it, each time
     * @param progress told in one sentence that it ended
     */
    public KeptProcess(Supplier<ChildProcess> program, Pauses pauses, Consumer<String> progress) {
        this.program = program;
        this.pauses = pauses;
        this.progress = progress;
        this.pause = pauses.first();
        this.startedAt = System.nanoTime();
        this.process = program.get();
    }

    /** The process as it is now. */
    public synchronized ChildProcess process() {
        return process;
    }

    /** How often it was started anew because it had ended by itself. */
    public synchronized int restarts() {
        return restarts;
    }

    /** From now on. */
    public synchronized void keep() {
        isWanted = true;
        follow(process);
    }

    /** Ends it as a crash would, and leaves it so until it is {@link #startAnew() started anew}. */
    public synchronized void kill() {
        isWanted = false;
        process.kill();
    }

    /** Starts it after it was killed, unkept as at first. */
    public synchronized ChildProcess startAnew() {
        process.close();
        start();
        return process;
    }

    @Override
    public synchronized void close() {
        isWanted = false;
        process.close();
    }

    private void start() {
        startedAt = System.nanoTime();
        process = program.get();
    }

    private void follow(ChildProcess followed) {
        var _ = followed.onExit().thenAcceptAsync(code -> onEnd(followed, code), THREADS);
    }

    private synchronized void onEnd(ChildProcess ended, int code) {
        if (isWanted && ended == process) {
            var ran = Duration.ofNanos(System.nanoTime() - startedAt);
            pause = ran.compareTo(pauses.forget()) < 0 ? pause : pauses.first();
            replaceLater(ended, "ended with " + code);
        }
    }

    private void replaceLater(ChildProcess ended, String why) {
        progress.accept("The %s %s and is started anew in %d s. Its log: %s"
                .formatted(ended.name(), why, pause.toSeconds(), ended.log()));
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, THREADS)
                .execute(() -> replace(ended));
        pause = pauses.after(pause);
    }

    private synchronized void replace(ChildProcess ended) {
        if (!isWanted || ended != process) {
            return;
        }
        try {
            start();
            restarts++;
            follow(process);
        } catch (RuntimeException e) {
            replaceLater(ended, "cannot be started (" + e.getMessage() + ")");
        }
    }
}
