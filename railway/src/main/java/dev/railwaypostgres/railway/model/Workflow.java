package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.jspecify.annotations.Nullable;

/** How far something is that Railway does in the background. */
public record Workflow(Status status, @Nullable String error) {
    /** {@code NotFound} right after the start only means that it is not visible yet. */
    public enum Status {
        Running,
        Complete,
        Error,
        NotFound,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
