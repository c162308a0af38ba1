package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A Railway service. One service may have an instance in each environment of its project. */
public record ServiceId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ServiceId {
        Ids.requireText(value, "service");
    }

    @Override
    public String toString() {
        return value;
    }
}
