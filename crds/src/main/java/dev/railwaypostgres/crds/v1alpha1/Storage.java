package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** The volume. Railway grows volumes and never shrinks them (RAILWAY.md §7); used space is billed, not the size. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Storage(
        @JsonPropertyDescription("Size of the volume, for example 5Gi. Can only grow.")
        @Default("5Gi")
        @Pattern("^[1-9][0-9]{0,5}(Mi|Gi|M|G)$")
        @Size(max = 16)
        @ValidationRule(
                value = "quantity(self).compareTo(quantity(oldSelf)) >= 0",
                message = "spec.storage.size can only grow: Railway cannot shrink a volume")
        String size) {
    public Storage {
        size = Objects.requireNonNullElse(size, "5Gi");
    }

    static Storage defaults() {
        return new Storage("5Gi");
    }
}
