package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where WAL and base backups go, and how long they are kept. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BackupPolicy(
        @JsonPropertyDescription("The bucket.") @Required Store store,

        @JsonPropertyDescription("When base backups are taken: a cron expression, optionally with a time zone.")
        @Default("0 3 * * *")
        @Size(max = 256)
        String schedule,

        @JsonPropertyDescription("How far back a restore can go.")
        Retention retention,

        @JsonPropertyDescription("At most this much time passes before committed WAL is in the bucket.")
        @Default("5s")
        @Pattern(Durations.PATTERN)
        @Size(min = 2, max = 32)
        String walFlushInterval) {
    public BackupPolicy {
        schedule = Objects.requireNonNullElse(schedule, "0 3 * * *");
        retention = Objects.requireNonNullElseGet(retention, Retention::defaults);
        walFlushInterval = Objects.requireNonNullElse(walFlushInterval, "5s");
    }

    /** A bucket that speaks the S3 API. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Store(
            @JsonPropertyDescription("Name of the bucket.") @Required @Size(min = 3, max = 63)
            String bucket,

            @JsonPropertyDescription("Address of the S3 API. Absent: AWS.") @Size(max = 512) @Nullable
            String endpoint,

            @JsonPropertyDescription("Region of the bucket.") @Default("auto") @Size(max = 63)
            String region,

            @JsonPropertyDescription("Folder within the bucket. Absent: <namespace>/<name>.") @Size(max = 512) @Nullable
            String prefix,

            @JsonPropertyDescription("Secret with the keys accessKeyId and secretAccessKey, in the same namespace.")
            @Required
            @Size(min = 1, max = 253)
            String credentialsSecretRef) {
        public Store {
            region = Objects.requireNonNullElse(region, "auto");
        }
    }

    /** How long the archive is kept. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Retention(
            @JsonPropertyDescription("Every moment of this window can be restored.")
            @Default("168h")
            @Pattern(Durations.PATTERN)
            @Size(min = 2, max = 32)
            String window,

            @JsonPropertyDescription("Base backups kept whatever their age.") @Default("1") @Min(1) @Max(100)
            Integer minimumBackups) {
        public Retention {
            window = Objects.requireNonNullElse(window, "168h");
            minimumBackups = Objects.requireNonNullElse(minimumBackups, 1);
        }

        static Retention defaults() {
            return new Retention("168h", 1);
        }
    }
}
