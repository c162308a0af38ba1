package dev.railwaypostgres.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is true of a database, as far as the operator has seen it.
 *
 * <p>Times are RFC 3339 in UTC, log positions are PostgreSQL's {@code X/Y}. Nothing in here is secret.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServerlessDatabaseStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Where the database is in its life. Suspended is healthy.") @Nullable
        Phase phase,

        @JsonPropertyDescription("Since when it is in that phase.") @Nullable
        String phaseSince,

        @JsonPropertyDescription("Where clients connect.") @Nullable
        Endpoint endpoint,

        @JsonPropertyDescription("Name of the Secret with the connection string.") @Nullable
        String connectionSecretName,

        @JsonPropertyDescription("The database's objects on Railway.") @Nullable
        RailwayObjects railway,

        @JsonPropertyDescription("The configuration that the compute was last deployed with, as a hash.") @Nullable
        String deployedConfiguration,

        @JsonPropertyDescription("Sleep and wake.") @Nullable
        Sleep sleep,

        @JsonPropertyDescription("The archive in the bucket.") @Nullable
        Archive archive,

        @JsonPropertyDescription("Read replicas.") List<Replica> replicas,
        @JsonPropertyDescription("What it costs.") @Nullable Cost cost,

        @JsonPropertyDescription("Ready, Awake, Archiving, BackedUp, RestoreProven; Stalled while a person has to act.")
        List<Condition> conditions) {
    public ServerlessDatabaseStatus {
        replicas = replicas == null ? List.of() : List.copyOf(replicas);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** A database of which nothing is known yet. */
    public static ServerlessDatabaseStatus unknown() {
        return new ServerlessDatabaseStatus(
                null, null, null, null, null, null, null, null, null, List.of(), null, List.of());
    }

    /** Where clients connect: the proxy's address, and the name by which it finds this database. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Endpoint(
            @JsonPropertyDescription("Name that routes to this database, unique in the cluster.") @Nullable
            String name,

            @JsonPropertyDescription("Host name of the proxy for this database.") @Nullable
            String host,

            @JsonPropertyDescription("Port of the proxy.") @Nullable
            Integer port,

            @JsonPropertyDescription("host:port.") @Nullable String address) {}

    /** Ids of what Railway made for this database. A convenience copy: they are found by name without it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RailwayObjects(
            @JsonPropertyDescription("Project.") @Nullable String projectId,

            @JsonPropertyDescription("Environment.") @Nullable
            String environmentId,

            @JsonPropertyDescription("Service.") @Nullable String serviceId,
            @JsonPropertyDescription("Volume.") @Nullable String volumeId,

            @JsonPropertyDescription("The deployment that the operator last asked for.") @Nullable
            String deploymentId,

            @JsonPropertyDescription("host:port of the compute, for the proxy.") @Nullable
            String address) {}

    /** Sleep and wake, and what stands in the way of sleep. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Sleep(
            @JsonPropertyDescription("Asleep since. Absent while awake.") @Nullable
            String since,

            @JsonPropertyDescription("Why it went to sleep: Idle, Requested, Restart or Stopped.") @Nullable
            String reason,

            @JsonPropertyDescription("Last write-ahead log position before it slept.") @Nullable
            String lsn,

            @JsonPropertyDescription("Timeline at that position.") @Nullable
            Integer timeline,

            @JsonPropertyDescription("System identifier of the database cluster (pg_control_system).") @Nullable
            String systemIdentifier,

            @JsonPropertyDescription("What keeps it awake beyond its idle time, one sentence each.")
            List<String> blockers,

            @JsonPropertyDescription("Last work seen.") @Nullable
            String lastActivity,

            @JsonPropertyDescription("The last wake.") @Nullable
            Wake lastWake) {
        public Sleep {
            blockers = blockers == null ? List.of() : List.copyOf(blockers);
        }
    }

    /** One wake. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Wake(
            @JsonPropertyDescription("When it was asked for.") @Nullable
            String at,

            @JsonPropertyDescription("Who asked: role/application/address.") @Nullable
            String by,

            @JsonPropertyDescription("From the request until the first login, for example 2.4s.") @Nullable
            String duration) {}

    /** The archive. Filled in by a later version. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Archive(
            @JsonPropertyDescription("All write-ahead log before this position is in the bucket.") @Nullable
            String durableLsn,

            @JsonPropertyDescription("How far the bucket is behind.") @Nullable
            String lag,

            @JsonPropertyDescription("The earliest moment that can be restored.") @Nullable
            String earliestRestorable,

            @JsonPropertyDescription("The latest moment that can be restored.") @Nullable
            String latestRestorable,

            @JsonPropertyDescription("When the last base backup was completed.") @Nullable
            String lastBackup,

            @JsonPropertyDescription("When a restore was last proven.") @Nullable
            String lastVerified) {}

    /** One read replica. Filled in by a later version. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Replica(
            @JsonPropertyDescription("Name of the replica.") @Nullable
            String name,

            @JsonPropertyDescription("host:port of the replica.") @Nullable
            String address,

            @JsonPropertyDescription("How far it is behind.") @Nullable
            String lag) {}

    /** Cost. Filled in by a later version. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Cost(
            @JsonPropertyDescription("US dollars in the current month so far.") @Nullable
            String monthToDate,

            @JsonPropertyDescription("US dollars saved by sleeping in the current month so far.") @Nullable
            String saved) {}
}
