package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One deployment of a service: a new one for every start of a compute. */
public record DeploymentId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeploymentId {
        Ids.requireText(value, "deployment");
    }

    @Override
    public String toString() {
        return value;
    }
}
