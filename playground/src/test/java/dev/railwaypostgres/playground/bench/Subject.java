package dev.railwaypostgres.playground.bench;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.playground.run.Stage;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A database that is measured: created, watched, and put to sleep by nothing but idleness. */
final class Subject implements AutoCloseable {
    static final Duration AFTER_IDLE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Stage stage;
    private final String name;
    private final Watch watch;
    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();

    /** That a phase was seen, and when first. */
    record Turn(Phase phase, Instant at) {}

    private Subject(Stage stage, String name) {
        this.stage = stage;
        this.name = name;
        watch = stage.playground()
                .controlPlane()
                .client()
                .resources(ServerlessDatabase.class)
                .inNamespace(stage.namespace())
                .withName(name)
                .watch(new PhaseWatcher());
    }

    static Subject create(Stage stage, String name) {
        var subject = new Subject(stage, name);
        stage.createDatabase(name, "{suspend: {afterIdle: %ds}}".formatted(AFTER_IDLE.toSeconds()));
        return subject;
    }

    String name() {
        return name;
    }

    String serviceId() {
        return stage.service(name).orElseThrow().serviceId();
    }

    String serviceName() {
        return stage.service(name).orElseThrow().name();
    }

    /** Waits until it sleeps and nothing runs on the platform, and returns when the suspend was decided. */
    Instant awaitSleep() {
        var decided = next(Phase.SUSPENDING);
        var asleep = next(Phase.SUSPENDED);
        Await.until(
                name + " stops",
                PATIENCE,
                () -> stage.service(name).orElseThrow().status().equals("STOPPED"));
        return decided.isBefore(asleep) ? decided : asleep;
    }

    void awaitActive() {
        next(Phase.ACTIVE);
    }

    /** What was seen before no longer counts. */
    void forget() {
        turns.clear();
    }

    private Instant next(Phase wanted) {
        try {
            var deadline = Instant.now().plus(PATIENCE);
            while (Instant.now().isBefore(deadline)) {
                var turn = turns.poll(1, TimeUnit.SECONDS);
                if (turn != null && turn.phase() == wanted) {
                    return turn.at();
                }
            }
            throw new IllegalStateException("%s is not %s within %s".formatted(name, wanted, PATIENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }

    @Override
    public void close() {
        watch.close();
    }

    /** Notes each change of the phase. */
    private final class PhaseWatcher implements Watcher<ServerlessDatabase> {
        private @Nullable Phase last;

        @Override
        public void eventReceived(Action action, ServerlessDatabase database) {
            var phase =
                    database.getStatus() == null ? null : database.getStatus().phase();
            if (phase != null && phase != last) {
                last = phase;
                turns.add(new Turn(phase, Instant.now()));
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            throw new IllegalStateException("The watch of " + name + " ended", cause);
        }
    }
}
