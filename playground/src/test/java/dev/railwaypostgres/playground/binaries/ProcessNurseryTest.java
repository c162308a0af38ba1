package dev.railwaypostgres.playground.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessNurseryTest {
    private static final long LIMIT_SECONDS = 10;

    @TempDir
    private Path folder;

    @Test
    void endsItsChildrenWithItself() throws InterruptedException {
        var nursery = new ProcessNursery();
        var child = nursery.start(new ProcessBuilder("sleep", "60"));
        nursery.close();
        assertThat(child.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsUnprivilegedChildrenWithItself() throws InterruptedException {
        var nursery = new ProcessNursery();
        var child = nursery.startUnprivileged(new ProcessBuilder("sleep", "60"), folder);
        nursery.close();
        assertThat(child.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
