package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Something that Railway does in the background after answering the call that asked for it. */
public record WorkflowId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WorkflowId {
        Ids.requireText(value, "workflow");
    }

    @Override
    public String toString() {
        return value;
    }
}
