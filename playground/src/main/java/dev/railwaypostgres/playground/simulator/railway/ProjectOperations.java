package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Projects, and what a token says about itself. */
final class ProjectOperations {
    private final Platform platform;
    private final Removal removal;
    private final Clock clock = Clock.systemUTC();

    ProjectOperations(Platform platform, Removal removal) {
        this.platform = platform;
        this.removal = removal;
    }

    Map<String, Operation> all() {
        return Map.ofEntries(
                Map.entry("apiToken", this::apiToken),
                Map.entry("projectToken", this::projectToken),
                Map.entry("regions", _ -> Regions.all()),
                Map.entry("project", this::project),
                Map.entry("projectCreate", this::create),
                Map.entry("projectDelete", this::delete),
                Map.entry("projectScheduleDelete", this::delete));
    }

    private Object apiToken(Call call) {
        var token = call.caller();
        if (token.isProjectToken()) {
            throw ApiException.notAuthorized();
        }
        return Map.of("workspaces", List.of(Map.of("id", token.workspaceId(), "name", "Playground")));
    }

    private Object projectToken(Call call) {
        var token = call.caller();
        if (token.projectId() == null || token.environmentId() == null) {
            throw ApiException.failure("Project Token not found");
        }
        return Map.of(
                "id",
                token.id(),
                "name",
                "playground",
                "displayToken",
                "****",
                "projectId",
                token.projectId(),
                "environmentId",
                token.environmentId(),
                "createdAt",
                token.createdAt().toString());
    }

    private Object project(Call call) {
        return platform.world()
                .read(state -> platform.views()
                        .project(call.in(state).project(call.arguments().text("id"))));
    }

    private Object create(Call call) {
        var input = call.input();
        platform.throttles().pass("project", platform.quirks().projectInterval());
        return platform.world().change(state -> {
            call.in(state).requireWorkspace();
            var name = input.optionalText("name").orElseGet(Names::random);
            var row = create(state, name, call.caller().workspaceId());
            createEnvironment(
                    state, row, input.optionalText("defaultEnvironmentName").orElse("production"));
            return platform.views().project(row);
        });
    }

    Row.Project create(State state, String name, String workspaceId) {
        var row = new Row.Project(UUID.randomUUID().toString(), name, workspaceId, clock.instant(), null);
        state.projects().put(row);
        return row;
    }

    Row.Environment createEnvironment(State state, Row.Project project, String name) {
        var row = new Row.Environment(
                UUID.randomUUID().toString(),
                project.id(),
                name,
                null,
                false,
                JsonNodeFactory.instance.objectNode(),
                clock.instant(),
                null);
        state.environments().put(row);
        return row;
    }

    private Object delete(Call call) {
        var project = platform.world()
                .read(state -> call.in(state).project(call.arguments().text("id")));
        platform.world()
                .read(state -> state.environments()
                        .where(row -> row.deletedAt() == null && row.projectId().equals(project.id()))
                        .toList())
                .forEach(removal::removeEnvironment);
        platform.world().change(state -> {
            state.projects().put(project.deleted(clock.instant()));
            return project;
        });
        return true;
    }
}
