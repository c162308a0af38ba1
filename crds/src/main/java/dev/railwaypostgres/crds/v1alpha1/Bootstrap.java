package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a database begins: empty, or from an archive. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!(has(self.initdb) && has(self.recovery))",
        message = "spec.bootstrap takes initdb or recovery, not both")
public record Bootstrap(
        @JsonPropertyDescription("Begin empty.") @Nullable InitDb initdb,

        @JsonPropertyDescription("Begin from an archive. Refused with a condition by this version.") @Nullable
        Recovery recovery) {

    /** The application's database and the role that owns it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record InitDb(
            @JsonPropertyDescription("Name of the application's database.")
            @Default("app")
            @Pattern("^[a-z_][a-z0-9_-]*$")
            @Size(min = 1, max = 63)
            @ValidationRule(
                    value = "!(self in ['postgres', 'template0', 'template1'])",
                    message = "spec.bootstrap.initdb.database is a name of Postgres' own")
            String database,

            @JsonPropertyDescription("Role that owns it and logs in. Not a superuser.")
            @Default("app")
            @Pattern("^[a-z_][a-z0-9_-]*$")
            @Size(min = 1, max = 63)
            @ValidationRule(
                    value = "self != 'postgres' && !self.startsWith('pg_')",
                    message = "spec.bootstrap.initdb.owner is a name of Postgres' own")
            String owner) {
        public InitDb {
            database = Objects.requireNonNullElse(database, "app");
            owner = Objects.requireNonNullElse(owner, "app");
        }
    }

    /** A source and a moment to restore. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "[has(self.databaseRef), has(self.backupRef), has(self.archive)].exists_one(given, given)",
            message = "spec.bootstrap.recovery takes exactly one of databaseRef, backupRef and archive")
    public record Recovery(
            @JsonPropertyDescription("A ServerlessDatabase in the same namespace, awake or asleep.")
            @Size(min = 1, max = 253)
            @Nullable
            String databaseRef,

            @JsonPropertyDescription("A Backup in the same namespace.") @Size(min = 1, max = 253) @Nullable
            String backupRef,

            @JsonPropertyDescription("An archive whose database no longer exists.")
            BackupPolicy.@Nullable Store archive,

            @JsonPropertyDescription("The moment. Absent: the latest that the archive holds.") @Nullable
            Target target) {}

    /** A moment in an archive's history. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "[has(self.time), has(self.lsn), has(self.name), has(self.latest)].exists_one(given, given)",
            message = "spec.bootstrap.recovery.target takes exactly one of time, lsn, name and latest")
    public record Target(
            @JsonPropertyDescription("RFC 3339 time with zone.") @Size(max = 40) @Nullable
            String time,

            @JsonPropertyDescription("Log sequence number such as 0/16B3748.")
            @Pattern("^[0-9A-F]{1,8}/[0-9A-F]{1,8}$")
            @Size(max = 17)
            @Nullable
            String lsn,

            @JsonPropertyDescription("Name of a restore point.") @Size(min = 1, max = 63) @Nullable
            String name,

            @JsonPropertyDescription("true: everything that the archive holds.") @Nullable
            Boolean latest) {}
}
