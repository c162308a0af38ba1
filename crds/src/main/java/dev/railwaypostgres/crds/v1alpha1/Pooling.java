package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the proxy shares the database's server connections among clients. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Pooling(
        @JsonPropertyDescription(
                "How long a client keeps a server connection: for one transaction, or for as long as it is connected.")
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
        String queueTimeout,

        @JsonPropertyDescription("Server connections beyond poolSize, for clients that have waited reserveAfter.")
        @Default("0")
        @Min(0)
        @Max(1000)
        Integer reserveSize,

        @JsonPropertyDescription("How long a client waits before it may have a server connection of the reserve.")
        @Default("5s")
        @Pattern(Durations.PATTERN)
        @Size(min = 2, max = 32)
        String reserveAfter,

        @JsonPropertyDescription(
                "A session that leaves a transaction open for this long without a word ends (25P03)." + " 0s: never.")
        @Default("0s")
        @Pattern(Durations.PATTERN)
        @Size(min = 2, max = 32)
        String idleInTransactionTimeout,

        @JsonPropertyDescription(
                "A client that is silent for this long outside of a transaction is sent away (57P05). 0s: never.")
        @Default("0s")
        @Pattern(Durations.PATTERN)
        @Size(min = 2, max = 32)
        String clientIdleTimeout,

        @JsonPropertyDescription("A server connection that nobody has used for this long is closed.")
        @Default("10m")
        @Pattern(Durations.PATTERN)
        @Size(min = 2, max = 32)
        String serverIdleTimeout,

        @JsonPropertyDescription("A server connection that is older than this is closed when it is free.")
        @Default("1h")
        @Pattern(Durations.PATTERN)
        @Size(min = 2, max = 32)
        String serverLifetime,

        @JsonPropertyDescription("Limits of single roles, within those of the database.") @Size(max = 64)
        List<Role> roles) {
    public Pooling {
        mode = Objects.requireNonNullElse(mode, Mode.TRANSACTION);
        poolSize = Objects.requireNonNullElse(poolSize, 20);
        maxClients = Objects.requireNonNullElse(maxClients, 1000);
        queueTimeout = Objects.requireNonNullElse(queueTimeout, "30s");
        reserveSize = Objects.requireNonNullElse(reserveSize, 0);
        reserveAfter = Objects.requireNonNullElse(reserveAfter, "5s");
        idleInTransactionTimeout = Objects.requireNonNullElse(idleInTransactionTimeout, "0s");
        clientIdleTimeout = Objects.requireNonNullElse(clientIdleTimeout, "0s");
        serverIdleTimeout = Objects.requireNonNullElse(serverIdleTimeout, "10m");
        serverLifetime = Objects.requireNonNullElse(serverLifetime, "1h");
        roles = roles == null ? List.of() : List.copyOf(roles);
    }

    public static Pooling defaults() {
        return new Pooling(Mode.TRANSACTION, 20, 1000, "30s", 0, "5s", "0s", "0s", "10m", "1h", List.of());
    }

    /** How long a client keeps a server connection. */
    public enum Mode {
        @JsonProperty("Transaction")
        TRANSACTION,
        @JsonProperty("Session")
        SESSION
    }

    /** What a single role may have. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Role(
            @JsonPropertyDescription("Name of the role in Postgres.") @Required @Size(min = 1, max = 63)
            String name,

            @JsonPropertyDescription("Its own pooling mode. Default: the database's.") @Nullable
            Mode mode,

            @JsonPropertyDescription("Server connections at most. Default: no limit but the database's.")
            @Min(1)
            @Max(1000)
            @Nullable
            Integer poolSize,

            @JsonPropertyDescription("Client connections at most. Default: no limit but the database's.")
            @Min(1)
            @Max(100000)
            @Nullable
            Integer maxClients) {}
}
