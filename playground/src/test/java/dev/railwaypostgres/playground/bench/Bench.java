package dev.railwaypostgres.playground.bench;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.run.Playground;
import dev.railwaypostgres.playground.run.PlaygroundConfig;
import dev.railwaypostgres.playground.run.Progress;
import dev.railwaypostgres.playground.run.Stage;
import dev.railwaypostgres.playground.run.Tempo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code ./run bench wake [WAKES]}: measures on a playground that lives like the real platform, and prints what was measured
 * beside what must be reached. Ends with status 0 when everything could be measured, whatever the figures.
 */
public final class Bench {
    private static final int WAKES = 30;
    private static final String NAMESPACE = "bench";
    /** As the playground names it. */
    private static final String PROJECT = "playground";

    private Bench() {}

    /** Measures everything; the only argument is the number of wakes. */
    public static void main(String[] arguments) {
        try {
            var wakes = arguments.length == 0 ? WAKES : Integer.parseInt(arguments[0]);
            System.out.println("\n" + new Table(measure(wakes, new Progress(System.out))).text());
            System.exit(0);
        } catch (IOException | SQLException | RuntimeException e) {
            System.err.println("\nCould not measure: " + e);
            System.exit(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            System.exit(1);
        }
    }

    private static List<Figure> measure(int wakes, Progress progress)
            throws IOException, SQLException, InterruptedException {
        var parent = Files.createDirectories(Repository.path("playground/target/playgrounds"));
        var home = Files.createTempDirectory(parent, "bench");
        var figures = new ArrayList<Figure>();
        figures.addAll(new StartMeasurement(home, progress).run());
        var config = new PlaygroundConfig(Repository.path(""), home, Optional.empty(), Tempo.LIFELIKE);
        try (var playground = Playground.start(config, progress)) {
            figures.addAll(measure(playground, home, wakes, progress));
        }
        return figures;
    }

    private static List<Figure> measure(Playground playground, Path home, int wakes, Progress progress)
            throws SQLException, InterruptedException {
        playground.kubectl().run("create", "namespace", NAMESPACE);
        var stage = new Stage(playground, NAMESPACE);
        var railway = new RailwayApi(playground.railway(), playground.railway().project(PROJECT));
        var figures = new ArrayList<Figure>();
        progress.say("Measuring " + wakes + " wakes");
        figures.addAll(new WakeMeasurement(stage, railway, home.resolve("railway/logs"), progress).run(wakes));
        progress.say("Measuring logins while asleep");
        figures.addAll(new LoginMeasurement(stage, railway, progress).run());
        progress.say("Measuring what sleeping databases cost");
        figures.addAll(new IdleMeasurement(stage, railway, progress).run());
        return figures;
    }
}
