package dev.railwaypostgres.playground.simulator.railway;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Volumes, their disks in each environment, public ports and backups of disks. */
final class VolumeOperations {
    private static final int DEFAULT_SIZE_MB = 5000;

    private final Platform platform;
    private final Removal removal;
    private final Clock clock = Clock.systemUTC();

    VolumeOperations(Platform platform, Removal removal) {
        this.platform = platform;
        this.removal = removal;
    }

    Map<String, Operation> all() {
        return Map.ofEntries(
                Map.entry("volumeInstance", this::instance),
                Map.entry("volumeCreate", this::create),
                Map.entry("volumeUpdate", this::rename),
                Map.entry("volumeDelete", this::delete),
                Map.entry("volumeInstanceUpdate", this::attach),
                Map.entry("volumeInstanceBackupCreate", this::backup),
                Map.entry("volumeInstanceBackupList", this::backups),
                Map.entry("workflowStatus", this::workflow));
    }

    private Object instance(Call call) {
        return platform.world().read(state -> {
            var row = call.in(state).volumeInstance(call.arguments().text("id"));
            if (!platform.views().isVisible(row)) {
                throw ApiException.notFound("VolumeInstance");
            }
            return platform.views().volumeInstance(state, row);
        });
    }

    private Object create(Call call) {
        var input = call.input();
        platform.throttles().pass("volume", platform.quirks().volumeInterval());
        return platform.world().change(state -> {
            var reach = call.in(state);
            var project = reach.project(input.text("projectId"));
            checkQuota(state, project);
            var serviceId = input.optionalText("serviceId")
                    .map(id -> reach.service(id).id())
                    .orElse(null);
            var volume = new Row.Volume(
                    UUID.randomUUID().toString(), project.id(), newName(state, serviceId), clock.instant());
            state.volumes().put(volume);
            scope(state, reach, input)
                    .forEach(
                            environment -> state.volumeInstances().put(newDisk(volume, environment, serviceId, input)));
            return platform.views().volume(volume);
        });
    }

    /** Named environment: within its scope. None named: all. Explicitly null: nowhere yet. */
    private static Stream<Row.Environment> scope(State state, Reach reach, Arguments input) {
        return input.optionalText("environmentId")
                .map(id -> state.scopeOf(reach.environment(id)))
                .orElseGet(() -> input.has("environmentId") ? Stream.empty() : state.unforked(input.text("projectId")));
    }

    private Row.VolumeInstance newDisk(
            Row.Volume volume, Row.Environment environment, @Nullable String serviceId, Arguments input) {
        return new Row.VolumeInstance(
                UUID.randomUUID().toString(),
                volume.id(),
                environment.id(),
                serviceId,
                input.text("mountPath"),
                DEFAULT_SIZE_MB,
                input.optionalText("region").orElse(Regions.DEFAULT),
                clock.instant(),
                null);
    }

    private void checkQuota(State state, Row.Project project) {
        var used = state.volumes()
                .where(row -> row.projectId().equals(project.id()))
                .filter(row -> state.volumeInstances()
                        .where(disk -> disk.volumeId().equals(row.id()))
                        .anyMatch(disk -> disk.deletedAt() == null))
                .count();
        if (used >= platform.quirks().volumesPerProject()) {
            throw new ApiException("PLAN_LIMIT", "You have reached your plan's limit of volumes in this project");
        }
    }

    private static String newName(State state, @Nullable String serviceId) {
        return state.services().find(serviceId).map(Row.Service::name).orElseGet(Names::random) + "-volume";
    }

    private Object rename(Call call) {
        return platform.world().change(state -> {
            var row = call.in(state).volume(call.arguments().text("volumeId"));
            var renamed = row.named(call.input().optionalText("name").orElse(row.name()));
            state.volumes().put(renamed);
            return platform.views().volume(renamed);
        });
    }

    private Object delete(Call call) {
        removal.removeVolume(platform.world()
                .read(state -> call.in(state).volume(call.arguments().text("volumeId"))));
        return true;
    }

    private Object attach(Call call) {
        var arguments = call.arguments();
        var input = arguments.input();
        return platform.world().change(state -> {
            var reach = call.in(state);
            var volume = reach.volume(arguments.text("volumeId"));
            var environmentId = arguments
                    .optionalText("environmentId")
                    .map(id -> reach.environment(id).id());
            state.volumeInstances()
                    .where(row -> row.volumeId().equals(volume.id()) && row.deletedAt() == null)
                    .filter(row ->
                            environmentId.map(row.environmentId()::equals).orElse(true))
                    .forEach(row -> state.volumeInstances().put(attached(row, input)));
            return true;
        });
    }

    private static Row.VolumeInstance attached(Row.VolumeInstance row, Arguments input) {
        var serviceId = input.has("serviceId") ? input.optionalText("serviceId").orElse(null) : row.serviceId();
        return row.attached(serviceId, input.optionalText("mountPath").orElse(row.mountPath()));
    }

    private Object backup(Call call) {
        return platform.world().change(state -> {
            var disk = call.in(state).volumeInstance(call.arguments().text("volumeInstanceId"));
            var row = new Row.Backup(
                    UUID.randomUUID().toString(),
                    disk.id(),
                    call.arguments().optionalText("name").orElse(null),
                    clock.instant());
            state.backups().put(row);
            return Map.of("workflowId", row.id());
        });
    }

    private Object backups(Call call) {
        return platform.world().read(state -> {
            var disk = call.in(state).volumeInstance(call.arguments().text("volumeInstanceId"));
            return state.backups()
                    .where(row -> row.volumeInstanceId().equals(disk.id()))
                    .map(platform.views()::backup)
                    .toList();
        });
    }

    private Object workflow(Call call) {
        var isKnown = platform.world()
                .read(state -> state.backups().find(call.arguments().text("workflowId")))
                .isPresent();
        return Map.of("status", isKnown ? "Complete" : "NotFound");
    }
}
