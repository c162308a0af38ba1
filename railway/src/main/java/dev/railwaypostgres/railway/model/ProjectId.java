package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A Railway project: the unit of volume quotas and, with an environment, of private networks. */
public record ProjectId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProjectId {
        Ids.requireText(value, "project");
    }

    @Override
    public String toString() {
        return value;
    }
}
