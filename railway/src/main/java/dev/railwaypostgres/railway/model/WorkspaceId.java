package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A Railway workspace: who pays. */
public record WorkspaceId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WorkspaceId {
        Ids.requireText(value, "workspace");
    }

    @Override
    public String toString() {
        return value;
    }
}
