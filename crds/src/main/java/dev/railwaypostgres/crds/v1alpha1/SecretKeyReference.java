package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** One key of a Secret in the database's own namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecretKeyReference(
        @JsonPropertyDescription("Name of the Secret, in the same namespace.") @Required @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("Key within the Secret.") @Default("token") @Size(min = 1, max = 253)
        String key) {
    public SecretKeyReference {
        key = Objects.requireNonNullElse(key, "token");
    }
}
