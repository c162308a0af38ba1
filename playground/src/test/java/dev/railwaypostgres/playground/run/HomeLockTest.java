package dev.railwaypostgres.playground.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir
    private Path folder;

    @Test
    void letsOnlyOneProcessUseAHome() throws IOException {
        try (var _ = HomeLock.take(new Home(folder))) {
            var other = inAnotherProcess();
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.errors())
                    .contains("Another playground runs in " + folder)
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    private Command.Result inAnotherProcess() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Command.of(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlaygroundMain.class.getName(),
                        "playground",
                        "--home",
                        folder.toString()))
                .run();
    }
}
