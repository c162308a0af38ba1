package dev.railwaypostgres.playground.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.playground.binaries.ProcessNursery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final ProcessNursery nursery = new ProcessNursery();

    @AfterEach
    void close() {
        nursery.close();
    }

    @Test
    void waitsUntilItIsReady() {
        var ready = folder.resolve("ready");
        try (var child = shell("echo up > '%s'; exec sleep 60".formatted(ready))) {
            child.awaitReady(() -> Files.exists(ready), LONG);
            assertThat(child.isAlive()).isTrue();
        }
    }

    @Test
    void tellsTheLastWordsOfAChildThatEndedInsteadOfBecomingReady() {
        try (var child = shell("echo no port left; exit 4")) {
            assertThatThrownBy(() -> child.awaitReady(() -> false, LONG))
                    .hasMessageContaining("worker ended with 4")
                    .hasMessageContaining("no port left")
                    .hasMessageContaining(folder.resolve("worker.log").toString());
        }
    }

    @Test
    void givesUpOnAChildThatNeverBecomesReady() {
        try (var child = shell("exec sleep 60")) {
            assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(100)))
                    .hasMessageContaining("worker is not ready");
        }
    }

    @Test
    void endsWhenItIsClosed() {
        var child = shell("exec sleep 60");
        child.close();
        assertThat(child.isAlive()).isFalse();
    }

    private ChildProcess shell(String script) {
        return ChildProcess.start("worker", new ProcessBuilder("sh", "-c", script), nursery, folder);
    }
}
