package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for. Everything has a default: {@code spec: {}} is a complete database.
 *
 * <p>The API server fills in the defaults of the schema; the compact constructors fill in the same ones for groups
 * that a user left out whole, so that readers meet no null where a default exists.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.postgresVersion == oldSelf.postgresVersion",
        message = "spec.postgresVersion cannot be changed: create a new database and move the data",
        fieldPath = ".postgresVersion")
@ValidationRule(
        value = "has(self.region) == has(oldSelf.region) && (!has(self.region) || self.region == oldSelf.region)",
        message = "spec.region cannot be changed: the volume lives there",
        fieldPath = ".region")
@ValidationRule(
        value = "(has(self.railway) && has(self.railway.projectId) ? self.railway.projectId : '')"
                + " == (has(oldSelf.railway) && has(oldSelf.railway.projectId) ? oldSelf.railway.projectId : '')",
        message = "spec.railway.projectId cannot be changed: the volume lives there",
        fieldPath = ".railway.projectId")
@ValidationRule(
        value =
                "(has(self.railway) && has(self.railway.environmentId) ? self.railway.environmentId : '')"
                        + " == (has(oldSelf.railway) && has(oldSelf.railway.environmentId) ? oldSelf.railway.environmentId : '')",
        message = "spec.railway.environmentId cannot be changed: the volume lives there",
        fieldPath = ".railway.environmentId")
@ValidationRule(
        value = "has(self.bootstrap) == has(oldSelf.bootstrap)"
                + " && (!has(self.bootstrap) || self.bootstrap == oldSelf.bootstrap)",
        message = "spec.bootstrap cannot be changed: it is only read when the database is created",
        fieldPath = ".bootstrap")
@ValidationRule(
        value = "self.readReplicas == 0 || has(self.backup)",
        message = "spec.readReplicas needs spec.backup: replicas follow the archive",
        fieldPath = ".readReplicas")
public record ServerlessDatabaseSpec(
        @JsonPropertyDescription("PostgreSQL major version. Cannot be changed.") @Default("17") @Min(15) @Max(18)
        Integer postgresVersion,

        @JsonPropertyDescription("Railway plan of the workspace; chooses the defaults for compute.") @Default("Hobby")
        Plan plan,

        @JsonPropertyDescription(
                "Railway region, for example europe-west4-drams3a. Absent: the workspace's own default. Cannot be changed.")
        @Size(max = 63)
        @Pattern("^[a-z0-9-]+$")
        @Nullable
        String region,

        @JsonPropertyDescription("Where on Railway the database lives. Absent: the operator's own project and token.")
        @Nullable
        RailwayPlace railway,

        @JsonPropertyDescription("Upper limits of the running database. Railway bills what is used, not the limit.")
        Compute compute,

        @JsonPropertyDescription("The volume. It only grows.")
        Storage storage,

        @JsonPropertyDescription("When the database goes to sleep.")
        Suspend suspend,

        @JsonPropertyDescription("How clients share server connections.")
        Pooling pooling,

        @JsonPropertyDescription(
                "Archive of WAL and base backups in a bucket. Accepted and kept; not acted upon by this version.")
        @Nullable
        BackupPolicy backup,

        @JsonPropertyDescription("Number of read replicas. Accepted and kept; not acted upon by this version.")
        @Default("0")
        @Min(0)
        @Max(5)
        Integer readReplicas,

        @JsonPropertyDescription("PostgreSQL settings.") Postgresql postgresql,

        @JsonPropertyDescription("How the database begins. Only read when it is created. Cannot be changed.") @Nullable
        Bootstrap bootstrap,

        @JsonPropertyDescription(
                "What deleting this resource does on Railway. Delete: service and volume go."
                        + " Retain: both stay. FinalBackup: goes after one more backup (treated as Retain while this version takes none).")
        @Default("Delete")
        DeletionPolicy deletionPolicy) {
    public static final int DEFAULT_POSTGRES_VERSION = 17;

    public ServerlessDatabaseSpec {
        postgresVersion = Objects.requireNonNullElse(postgresVersion, DEFAULT_POSTGRES_VERSION);
        plan = Objects.requireNonNullElse(plan, Plan.HOBBY);
        compute = Objects.requireNonNullElseGet(compute, Compute::defaults);
        storage = Objects.requireNonNullElseGet(storage, Storage::defaults);
        suspend = Objects.requireNonNullElseGet(suspend, Suspend::defaults);
        pooling = Objects.requireNonNullElseGet(pooling, Pooling::defaults);
        readReplicas = Objects.requireNonNullElse(readReplicas, 0);
        postgresql = Objects.requireNonNullElseGet(postgresql, Postgresql::defaults);
        deletionPolicy = Objects.requireNonNullElse(deletionPolicy, DeletionPolicy.DELETE);
    }
}
