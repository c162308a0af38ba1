package dev.railwaypostgres.playground.simulator.railway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What services have used, in the units of the bill: resource-minutes, and GB for traffic. */
final class UsageOperations {
    private static final double VCPU_OF_A_RUNNING_SERVICE = 0.05;
    private static final double GB_OF_A_RUNNING_SERVICE = 0.15;
    private static final double MB_PER_GB = 1000;

    private final World world;
    private final VolumeFolders folders;
    private final Clock clock = Clock.systemUTC();

    UsageOperations(World world, VolumeFolders folders) {
        this.world = world;
        this.folders = folders;
    }

    Map<String, Operation> all() {
        return Map.of("usage", this::usage);
    }

    private record Window(Instant start, Instant end) {
        double minutes(Instant from, Instant to) {
            var first = from.isAfter(start) ? from : start;
            var last = to.isBefore(end) ? to : end;
            return last.isAfter(first) ? Duration.between(first, last).toMillis() / 60_000.0 : 0;
        }
    }

    private Object usage(Call call) {
        var arguments = call.arguments();
        return world.read(state -> {
            var project = call.in(state).project(arguments.text("projectId"));
            var window = new Window(
                    arguments.optionalText("startDate").map(Instant::parse).orElse(project.createdAt()),
                    arguments.optionalText("endDate").map(Instant::parse).orElseGet(clock::instant));
            return state.services()
                    .where(row -> row.projectId().equals(project.id()))
                    .flatMap(row -> ofService(state, row, window, arguments.texts("measurements")))
                    .toList();
        });
    }

    private Stream<Map<String, Object>> ofService(
            State state, Row.Service service, Window window, List<String> measurements) {
        return measurements.stream()
                .map(measurement -> Map.of(
                        "measurement",
                        measurement,
                        "tags",
                        Map.of("serviceId", service.id()),
                        "value",
                        value(state, service, window, measurement)));
    }

    private double value(State state, Row.Service service, Window window, String measurement) {
        return switch (measurement) {
            case "CPU_USAGE" -> VCPU_OF_A_RUNNING_SERVICE * minutesAwake(state, service, window);
            case "MEMORY_USAGE_GB" -> GB_OF_A_RUNNING_SERVICE * minutesAwake(state, service, window);
            case "DISK_USAGE_GB" -> diskMinutes(state, service, window);
            default -> 0;
        };
    }

    private double minutesAwake(State state, Row.Service service, Window window) {
        return state.deployments()
                .where(row -> row.serviceId().equals(service.id()))
                .mapToDouble(row -> minutesAwake(row, window))
                .sum();
    }

    private double minutesAwake(Row.Deployment row, Window window) {
        var started = row.startedAt();
        var ended = row.endedAt();
        return started == null ? 0 : window.minutes(started, ended == null ? clock.instant() : ended);
    }

    private double diskMinutes(State state, Row.Service service, Window window) {
        return state.volumeInstances()
                .where(row -> service.id().equals(row.serviceId()) && row.deletedAt() == null)
                .mapToDouble(row -> folders.usedMB(row) / MB_PER_GB * window.minutes(row.createdAt(), clock.instant()))
                .sum();
    }
}
