package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * Upper limits of the running Postgres, as Kubernetes quantities. Absent ones follow from the plan.
 *
 * <p>Without a limit Railway lets a service grow to the plan's limit and bills what it uses (RAILWAY.md §5), so the
 * operator always sets one.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Compute(
        @JsonPropertyDescription("CPU cores, for example 500m or 2. Absent: 1 on Hobby, 2 on Pro.")
        @Pattern("^([1-9][0-9]*(\\.[0-9]+|m)?|0\\.[0-9]*[1-9][0-9]*)$")
        @Size(max = 16)
        @Nullable
        String cpu,

        @JsonPropertyDescription("Memory, for example 512Mi or 2Gi. Absent: 1Gi on Hobby, 4Gi on Pro.")
        @Pattern("^([1-9][0-9]*(\\.[0-9]+)?|0\\.[0-9]*[1-9][0-9]*)(Mi|Gi|M|G)$")
        @Size(max = 16)
        @Nullable
        String memory) {
    static Compute defaults() {
        return new Compute(null, null);
    }
}
