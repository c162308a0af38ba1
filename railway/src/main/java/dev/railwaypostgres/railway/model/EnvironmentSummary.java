package dev.railwaypostgres.railway.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An environment of a project, by itself. */
public record EnvironmentSummary(
        EnvironmentId id,
        String name,
        @JsonProperty("isEphemeral") boolean ephemeral,
        @Nullable Instant deletedAt) {}
