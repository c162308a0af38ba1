package dev.railwaypostgres.playground.process;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.process.KeptProcess.Pauses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptProcessTest {
    private static final Pauses SHORT = new Pauses(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofMinutes(1));
    private static final Pauses LONG = new Pauses(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

    @TempDir
    private Path folder;

    private final ProcessNursery nursery = new ProcessNursery();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nursery.close();
    }

    @Test
    void startsAnewWhatEndsByItselfAndSaysSo() {
        try (var kept = shell("exec sleep 60", SHORT)) {
            kept.keep();
            var first = kept.process();
            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();

            eventually(() -> assertThat(kept.restarts()).isEqualTo(1));
            assertThat(kept.process().pid()).isNotEqualTo(first.pid());
            assertThat(kept.process().isAlive()).isTrue();
            assertThat(said)
                    .singleElement()
                    .asString()
                    .contains(
                            "The worker ended with 137",
                            folder.resolve("worker.log").toString());
        }
    }

    @Test
    void goesOnAsLongAsItEnds() {
        try (var kept = shell("exit 3", SHORT)) {
            kept.keep();
            eventually(() -> assertThat(kept.restarts()).isGreaterThan(4));
        }
    }

    @Test
    void triesAgainWhatCannotBeStarted() {
        var starts = new AtomicInteger();
        Supplier<ChildProcess> program = () -> {
            if (starts.incrementAndGet() == 2) {
                throw new IllegalStateException("not now");
            }
            return child("exit 3");
        };
        try (var kept = new KeptProcess(program, SHORT, said::add)) {
            kept.keep();
            eventually(() -> assertThat(kept.restarts()).isPositive());
        }
        assertThat(said).anyMatch(sentence -> sentence.contains("cannot be started (not now)"));
    }

    @Test
    void waitsLongerEachTimeUpToALimit() {
        assertThat(List.of(SHORT.after(Duration.ofMillis(20)), SHORT.after(Duration.ofMillis(60))))
                .containsExactly(Duration.ofMillis(40), Duration.ofMillis(80));
    }

    @Test
    void leavesAloneWhatWasKilledByHandUntilItIsStartedByHand() {
        try (var kept = shell("exec sleep 60", SHORT)) {
            kept.keep();
            kept.kill();
            assertThat(kept.process().isAlive()).isFalse();
            assertThat(kept.startAnew().isAlive()).isTrue();
            assertThat(kept.restarts()).isZero();
            assertThat(said).isEmpty();
        }
    }

    @Test
    void startsNothingAnewWhenItIsClosed() {
        var kept = shell("exit 3", LONG);
        kept.keep();
        eventually(() -> assertThat(said).hasSize(1));
        kept.close();
        assertThat(kept.process().isAlive()).isFalse();
    }

    private KeptProcess shell(String script, Pauses pauses) {
        return new KeptProcess(() -> child(script), pauses, said::add);
    }

    private ChildProcess child(String script) {
        return ChildProcess.start("worker", new ProcessBuilder("sh", "-c", script), nursery, folder);
    }
}
