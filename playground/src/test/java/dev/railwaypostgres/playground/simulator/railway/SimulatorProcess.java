package dev.railwaypostgres.playground.simulator.railway;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A simulator in a process of its own, to be killed. */
record SimulatorProcess(Process process, Api api, RailwaySimulator.ProjectIds ids) {
    static SimulatorProcess start(Path folder) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatorProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var words = List.of(announcement(process.inputReader()).split(" ", 6));
        var api = new Api(URI.create(words.get(1)), "Authorization", "Bearer " + words.get(2));
        var ids = new RailwaySimulator.ProjectIds(words.get(3), words.get(4), words.get(5));
        return new SimulatorProcess(process, api, ids);
    }

    private static String announcement(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("READY ")) {
                return line;
            }
        }
        throw new AssertionError("The simulator's process ended early");
    }

    @SuppressWarnings("SystemOut")
    static void main(String[] arguments) {
        var config = new SimulatorConfig(Path.of(arguments[0]), 0, Duration.ZERO, List.of(RailwaySimulatorIT.IMAGE));
        var simulator = RailwaySimulator.start(config);
        var ids = simulator.project("test");
        System.out.println(String.join(
                " ",
                "READY",
                simulator.url().toString(),
                simulator.createWorkspaceToken(),
                ids.workspaceId(),
                ids.projectId(),
                ids.environmentId()));
        while (true) {
            LockSupport.park();
        }
    }
}
