package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** How the proxy shares the database's server connections among clients. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Pooling(
        @JsonPropertyDescription(
                "How long a client keeps a server connection. This version pools by session whatever is asked here.")
        @Default("Transaction")
        Mode mode,

        @JsonPropertyDescription("Server connections at most, for each proxy replica.")
        @Default("20")
        @Min(1)
        @Max(1000)
        Integer poolSize,

        @JsonPropertyDescription("Client connections at most, for each proxy replica.")
        @Default("1000")
        @Min(1)
        @Max(100000)
        Integer maxClients,

        @JsonPropertyDescription("How long a client waits for a server connection before it gets an error (53300).")
        @Default("30s")
        @Pattern(Durations.PATTERN)
        @Size(min = 2, max = 32)
        String queueTimeout) {
    public Pooling {
        mode = Objects.requireNonNullElse(mode, Mode.TRANSACTION);
        poolSize = Objects.requireNonNullElse(poolSize, 20);
        maxClients = Objects.requireNonNullElse(maxClients, 1000);
        queueTimeout = Objects.requireNonNullElse(queueTimeout, "30s");
    }

    static Pooling defaults() {
        return new Pooling(Mode.TRANSACTION, 20, 1000, "30s");
    }

    /** How long a client keeps a server connection. */
    public enum Mode {
        @JsonProperty("Transaction")
        TRANSACTION,
        @JsonProperty("Session")
        SESSION
    }
}
