package dev.railwaypostgres.railway.model;

import java.util.Map;

/**
 * A service to be made, without a source: with one, Railway would deploy it at once, before it has its volume.
 *
 * @param name at most 32 characters, unique in the project; becomes the private host name
 * @param variables set from the start, for what marks the service as ours
 */
public record NewService(ProjectId projectId, EnvironmentId environmentId, String name, Map<String, String> variables) {

    public NewService {
        variables = Map.copyOf(variables);
    }

    /** Names the variables, never their values. */
    @Override
    public String toString() {
        return "NewService[" + name + " in " + environmentId + ", variables " + variables.keySet() + "]";
    }
}
