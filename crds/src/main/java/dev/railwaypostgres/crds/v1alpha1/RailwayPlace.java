package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A project and environment of Railway, and the token that may work there. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.projectId) == has(self.environmentId)",
        message = "spec.railway needs projectId and environmentId together")
public record RailwayPlace(
        @JsonPropertyDescription("Railway project id.") @Size(max = 64) @Nullable
        String projectId,

        @JsonPropertyDescription("Railway environment id.") @Size(max = 64) @Nullable
        String environmentId,

        @JsonPropertyDescription("Token to use there. Absent: the operator's own.") @Nullable
        SecretKeyReference tokenSecretRef) {}
