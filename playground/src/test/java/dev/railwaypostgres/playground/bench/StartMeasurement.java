package dev.railwaypostgres.playground.bench;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.run.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a person waits after {@code ./run playground}, until everything is ready. */
record StartMeasurement(Path home, Progress progress) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Starts twice: the second time everything is there already. */
    List<Figure> run() {
        var fresh = secondsUntilReady();
        var warm = secondsUntilReady();
        progress.say(String.format(Locale.ROOT, "Starts: %.1f s in a new home, %.1f s in a used one", fresh, warm));
        return List.of(new Figure("playground started again, ready", Math.round(warm * 10) / 10.0, 20, "s"));
    }

    private double secondsUntilReady() {
        var from = System.nanoTime();
        try {
            var process = new ProcessBuilder(Repository.path("run").toString(), "playground", "--home", home.toString())
                    .redirectErrorStream(true)
                    .start();
            try {
                awaitReady(process);
                return (System.nanoTime() - from) / NANOS_PER_SECOND;
            } finally {
                process.destroy();
                process.waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The playground cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the playground stopped", e);
        }
    }

    private static void awaitReady(Process process) throws IOException {
        var said = new ArrayList<String>();
        var output = process.inputReader();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.contains("Everything is ready")) {
                return;
            }
        }
        throw new IllegalStateException("The playground did not start:\n" + String.join("\n", said));
    }
}
