package dev.railwaypostgres.playground.simulator.railway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the platform remembers, one record for each kind of thing; saved as JSON exactly as it stands here. */
sealed interface Row {
    String id();

    Instant createdAt();

    record Project(
            String id,
            String name,
            String workspaceId,
            Instant createdAt,
            @Nullable Instant deletedAt) implements Row {
        Project deleted(Instant at) {
            return new Project(id, name, workspaceId, createdAt, at);
        }
    }

    /** @param config everything about services, variables and volumes, in the form in which patches speak of them */
    record Environment(
            String id,
            String projectId,
            String name,
            @Nullable String sourceEnvironmentId,
            boolean isEphemeral,
            ObjectNode config,
            Instant createdAt,
            @Nullable Instant deletedAt)
            implements Row {
        boolean isFork() {
            return sourceEnvironmentId != null;
        }

        Environment configured(ObjectNode newConfig) {
            return new Environment(
                    id, projectId, name, sourceEnvironmentId, isEphemeral, newConfig, createdAt, deletedAt);
        }

        Environment deleted(Instant at) {
            return new Environment(id, projectId, name, sourceEnvironmentId, isEphemeral, config, createdAt, at);
        }
    }

    record Service(
            String id,
            String projectId,
            String name,
            Instant createdAt,
            @Nullable Instant deletedAt) implements Row {
        Service named(String newName) {
            return new Service(id, projectId, newName, createdAt, deletedAt);
        }

        Service deleted(Instant at) {
            return new Service(id, projectId, name, createdAt, at);
        }
    }

    /** A service in one environment. */
    record ServiceInstance(
            String id,
            String serviceId,
            String environmentId,
            Instant createdAt,
            @Nullable Instant deletedAt) implements Row {
        ServiceInstance deleted(Instant at) {
            return new ServiceInstance(id, serviceId, environmentId, createdAt, at);
        }
    }

    record Volume(String id, String projectId, String name, Instant createdAt) implements Row {
        Volume named(String newName) {
            return new Volume(id, projectId, newName, createdAt);
        }
    }

    /** A volume's disk in one environment: a folder. Deleted ones stay readable for two days. */
    record VolumeInstance(
            String id,
            String volumeId,
            String environmentId,
            @Nullable String serviceId,
            String mountPath,
            int sizeMB,
            String region,
            Instant createdAt,
            @Nullable Instant deletedAt)
            implements Row {
        VolumeInstance attached(@Nullable String toServiceId, String atPath) {
            return new VolumeInstance(
                    id, volumeId, environmentId, toServiceId, atPath, sizeMB, region, createdAt, deletedAt);
        }

        /** The same volume's disk in another environment, new and empty. */
        VolumeInstance copiedTo(String newId, String toEnvironmentId, Instant at) {
            return new VolumeInstance(newId, volumeId, toEnvironmentId, serviceId, mountPath, sizeMB, region, at, null);
        }

        VolumeInstance resized(int newSizeMB) {
            return new VolumeInstance(
                    id, volumeId, environmentId, serviceId, mountPath, newSizeMB, region, createdAt, deletedAt);
        }

        VolumeInstance moved(String toRegion) {
            return new VolumeInstance(
                    id, volumeId, environmentId, serviceId, mountPath, sizeMB, toRegion, createdAt, deletedAt);
        }

        VolumeInstance deleted(Instant at) {
            return new VolumeInstance(id, volumeId, environmentId, serviceId, mountPath, sizeMB, region, createdAt, at);
        }
    }

    /**
     * @param config the service's part of the environment's config when the deployment was made; a restart runs it again
     * @param startedAt when its process was started last, null before
     * @param endedAt when that process ended, null while it runs
     */
    record Deployment(
            String id,
            String serviceId,
            String environmentId,
            ObjectNode config,
            String status,
            boolean isStopped,
            String instanceId,
            String instanceStatus,
            Instant createdAt,
            Instant statusUpdatedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt)
            implements Row {
        /** States in which a process runs or is about to. */
        private static final List<String> ALIVE = List.of("QUEUED", "INITIALIZING", "DEPLOYING", "SUCCESS", "REMOVING");

        boolean isAlive() {
            return ALIVE.contains(status) && !isStopped;
        }

        boolean isRemoved() {
            return status.equals("REMOVED");
        }

        Deployment entered(String newStatus, String newInstanceStatus, Instant at) {
            return new Deployment(
                    id,
                    serviceId,
                    environmentId,
                    config,
                    newStatus,
                    false,
                    instanceId,
                    newInstanceStatus,
                    createdAt,
                    at,
                    startedAt,
                    endedAt);
        }

        Deployment started(String newInstanceId, Instant at) {
            return new Deployment(
                    id,
                    serviceId,
                    environmentId,
                    config,
                    "SUCCESS",
                    false,
                    newInstanceId,
                    "RUNNING",
                    createdAt,
                    at,
                    at,
                    null);
        }

        Deployment ended(String newStatus, String newInstanceStatus, Instant at) {
            return new Deployment(
                    id,
                    serviceId,
                    environmentId,
                    config,
                    newStatus,
                    "SUCCESS".equals(newStatus),
                    instanceId,
                    newInstanceStatus,
                    createdAt,
                    at,
                    startedAt,
                    endedAt == null && startedAt != null ? at : endedAt);
        }
    }

    record TcpProxy(
            String id,
            String serviceId,
            String environmentId,
            int applicationPort,
            int proxyPort,
            Instant createdAt,
            @Nullable Instant deletedAt)
            implements Row {
        TcpProxy deleted(Instant at) {
            return new TcpProxy(id, serviceId, environmentId, applicationPort, proxyPort, createdAt, at);
        }
    }

    /**
     * @param id the token's value
     * @param environmentId the one environment that a project token reaches; null for a workspace token
     */
    record Token(
            String id,
            String workspaceId,
            @Nullable String projectId,
            @Nullable String environmentId,
            Instant createdAt,
            @Nullable Instant revokedAt)
            implements Row {
        boolean isProjectToken() {
            return environmentId != null;
        }

        Token revoked(Instant at) {
            return new Token(id, workspaceId, projectId, environmentId, createdAt, at);
        }
    }

    /** A backup of a volume instance; its workflow has the same id. */
    record Backup(
            String id, String volumeInstanceId, @Nullable String name, Instant createdAt) implements Row {}
}
