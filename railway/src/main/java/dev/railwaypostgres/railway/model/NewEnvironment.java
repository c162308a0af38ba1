package dev.railwaypostgres.railway.model;

import org.jspecify.annotations.Nullable;

/**
 * An environment to be made: empty, or a fork with every service, setting and variable of its source, but none of its
 * data.
 *
 * @param skipInitialDeploys the services of a fork are not started
 */
public record NewEnvironment(
        ProjectId projectId,
        String name,
        @Nullable EnvironmentId sourceEnvironmentId,
        @Nullable Boolean skipInitialDeploys) {

    public static NewEnvironment empty(ProjectId projectId, String name) {
        return new NewEnvironment(projectId, name, null, null);
    }

    /** A fork that starts nothing. */
    public static NewEnvironment forkOf(EnvironmentId source, ProjectId projectId, String name) {
        return new NewEnvironment(projectId, name, source, true);
    }
}
