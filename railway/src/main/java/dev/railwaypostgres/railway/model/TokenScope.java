package dev.railwaypostgres.railway.model;

import java.util.List;

/** How far a token reaches. */
public sealed interface TokenScope {
    /** One environment of one project, in which environments can neither be made nor deleted. */
    record OneEnvironment(ProjectId projectId, EnvironmentId environmentId) implements TokenScope {}

    /** All projects of these workspaces. */
    record Workspaces(List<Workspace> workspaces) implements TokenScope {
        public Workspaces {
            workspaces = List.copyOf(workspaces);
        }
    }

    record Workspace(WorkspaceId id, String name) {}
}
