package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A Railway environment of a project. */
public record EnvironmentId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EnvironmentId {
        Ids.requireText(value, "environment");
    }

    @Override
    public String toString() {
        return value;
    }
}
