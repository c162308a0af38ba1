package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.binaries.PostgresBinaries;
import dev.railwaypostgres.playground.process.LocalPorts;
import dev.railwaypostgres.playground.simulator.railway.ComputeImage;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator;
import dev.railwaypostgres.playground.simulator.railway.SimulatorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Railway of a playground: the simulator, one project in it, and a token to reach it. */
record RailwayPart(RailwaySimulator simulator, RailwaySimulator.ProjectIds ids, String token) implements AutoCloseable {
    private static final String PROJECT = "playground";

    static RailwayPart start(PlaygroundConfig config, Home home, LocalPorts ports, Progress progress) {
        var binaries = PostgresBinaries.standard(progress::say);
        binaries.home(PostgresBinaries.DEFAULT_MAJOR);
        var simulator = RailwaySimulator.start(new SimulatorConfig(
                home.railway(),
                ports.of("railway"),
                config.tempo().bootDelay(),
                List.of(new ComputeImage(config.entrypoint(), binaries))));
        var token = token(simulator, home.railway().resolve("token"));
        return new RailwayPart(simulator, simulator.project(PROJECT), token);
    }

    private static String token(RailwaySimulator simulator, Path file) {
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, simulator.createWorkspaceToken());
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the token in " + file, e);
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}
