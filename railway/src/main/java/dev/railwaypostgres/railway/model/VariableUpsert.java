package dev.railwaypostgres.railway.model;

import java.util.Map;

/**
 * Variables to be set on a service; others keep their values.
 *
 * <p>Nothing is deployed by it: Railway would otherwise start the service anew, also one that sleeps. A running
 * container never sees new values; its next deployment does.
 */
public record VariableUpsert(
        ProjectId projectId, EnvironmentId environmentId, ServiceId serviceId, Map<String, String> variables) {

    public VariableUpsert {
        variables = Map.copyOf(variables);
    }

    /** Names the variables, never their values. */
    @Override
    public String toString() {
        return "VariableUpsert[" + serviceId + " in " + environmentId + ", variables " + variables.keySet() + "]";
    }
}
