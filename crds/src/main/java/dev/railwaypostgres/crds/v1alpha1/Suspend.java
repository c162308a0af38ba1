package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When the database sleeps. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Suspend(
        @JsonPropertyDescription("Sleep after this long without work, for example 5m or 1h30m. 0s: never.")
        @Default("5m")
        @Pattern(Durations.PATTERN)
        @Size(min = 2, max = 32)
        String afterIdle,

        @JsonPropertyDescription("Whose work does not count.")
        Ignore ignore,

        @JsonPropertyDescription("Hours in which the database stays awake, as a cron expression with time zone."
                + " Accepted and kept; not acted upon by this version.")
        @Size(max = 256)
        @Nullable
        String schedule,

        @JsonPropertyDescription(
                "true: put to sleep now and stay asleep whatever clients ask, until this is taken back.")
        @Default("false")
        Boolean suspended,

        @JsonPropertyDescription("What the proxy answers by itself, so that it neither wakes the database nor counts as"
                + " work. Pings: empty statements and SELECT 1. Begin: transactions, until their first statement."
                + " Settings: SET of what every server accepts, and SHOW of what the client was told. Default: all.")
        @Size(max = 3)
        List<LocalAnswer> answerWithoutWaking) {
    public Suspend {
        afterIdle = Objects.requireNonNullElse(afterIdle, "5m");
        ignore = Objects.requireNonNullElseGet(ignore, Ignore::nobody);
        suspended = Objects.requireNonNullElse(suspended, false);
        answerWithoutWaking =
                answerWithoutWaking == null ? List.of(LocalAnswer.values()) : List.copyOf(answerWithoutWaking);
    }

    static Suspend defaults() {
        return new Suspend("5m", Ignore.nobody(), null, false, List.of(LocalAnswer.values()));
    }

    /** Work that needs no data. */
    public enum LocalAnswer {
        @JsonProperty("Pings")
        PINGS,
        @JsonProperty("Begin")
        BEGIN,
        @JsonProperty("Settings")
        SETTINGS
    }

    /** Sessions whose work neither keeps the database awake nor counts as use. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Ignore(
            @JsonPropertyDescription("Values of application_name.") @Size(max = 32)
            List<@Size(max = 63) String> applicationNames,

            @JsonPropertyDescription("Names of roles.") @Size(max = 32)
            List<@Size(max = 63) String> roles) {
        public Ignore {
            applicationNames = applicationNames == null ? List.of() : List.copyOf(applicationNames);
            roles = roles == null ? List.of() : List.copyOf(roles);
        }

        static Ignore nobody() {
            return new Ignore(List.of(), List.of());
        }
    }
}
