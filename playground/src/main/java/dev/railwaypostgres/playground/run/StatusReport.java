package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.process.ChildProcess;
import dev.railwaypostgres.playground.simulator.railway.RailwaySimulator.ServiceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What runs where, as a text for people. */
final class StatusReport {
    private static final String PROCESS = "  %-26s %-8s %s";

    private final Playground playground;

    StatusReport(Playground playground) {
        this.playground = playground;
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add("PROCESSES");
        lines.add(PROCESS.formatted(
                "playground", ProcessHandle.current().pid(), playground.home().folder()));
        playground.kubernetes().controlPlane().stream()
                .flatMap(found -> found.processes().stream())
                .map(StatusReport::line)
                .forEach(lines::add);
        Stream.of(playground.operator(), playground.proxy())
                .map(StatusReport::line)
                .forEach(lines::add);
        lines.add("");
        lines.add("ADDRESSES");
        playground.addresses().forEach((name, address) -> lines.add("  %-26s %s".formatted(name, address)));
        lines.add("");
        lines.add("RAILWAY SERVICES");
        lines.addAll(services(playground.railway().services()));
        lines.add("");
        lines.add("DATABASES");
        playground
                .kubectl()
                .attempt("get", "sdb", "-A")
                .output()
                .lines()
                .map("  "::concat)
                .forEach(lines::add);
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static String line(WorkloadProcess workload) {
        var restarts = workload.restarts();
        return line(workload.process())
                + (restarts == 0 ? "" : "  (ended and was started anew: %d)".formatted(restarts));
    }

    private static String line(ChildProcess process) {
        return PROCESS.formatted(process.name(), process.isAlive() ? process.pid() : "ended", process.log());
    }

    private static List<String> services(List<ServiceStatus> services) {
        return services.stream()
                .map(service -> "  %-34s %-12s %s"
                        .formatted(
                                service.name(),
                                service.status(),
                                service.port().map(port -> "127.0.0.1:" + port).orElse("")))
                .toList();
    }
}
