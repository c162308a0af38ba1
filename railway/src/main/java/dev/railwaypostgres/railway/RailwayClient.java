package dev.railwaypostgres.railway;

import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.NewEnvironment;
import dev.railwaypostgres.railway.model.NewProject;
import dev.railwaypostgres.railway.model.NewService;
import dev.railwaypostgres.railway.model.NewVolume;
import dev.railwaypostgres.railway.model.ProjectId;
import dev.railwaypostgres.railway.model.ResourceLimits;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstanceUpdate;
import dev.railwaypostgres.railway.model.TcpProxyId;
import dev.railwaypostgres.railway.model.VariableUpsert;
import dev.railwaypostgres.railway.model.VolumeId;
import dev.railwaypostgres.railway.model.VolumeInstanceId;
import dev.railwaypostgres.railway.model.WorkflowId;
import dev.railwaypostgres.railway.patch.EnvironmentPatch;

/**
 * Railway, by one token: what can be asked of it, and what can be done to it.
 *
 * <p>What does something is never repeated by the client, and its return means that Railway accepted it: whether it
 * happened, only a read tells. After a {@link RailwayException.Transient} it may have happened too.
 *
 * <p>Deletes are content when the thing is gone already.
 */
public interface RailwayClient extends RailwayReads, AutoCloseable {
    /** The same client, whose calls take their turn in the token's call budget by these terms. */
    default RailwayClient under(CallTerms terms) {
        return this;
    }

    ProjectId createProject(NewProject project);

    /** At most one in 30 s for each user, says Railway; more are answered by {@link RailwayException.RateLimited}. */
    EnvironmentId createEnvironment(NewEnvironment environment);

    /** Deletes the environment with all that is in it. */
    void deleteEnvironment(EnvironmentId environment);

    ServiceId createService(NewService service);

    /** Changes settings in all environments of the project that are not forks, unless the given one is a fork. */
    void updateService(EnvironmentId environment, ServiceId service, ServiceInstanceUpdate update);

    void updateLimits(EnvironmentId environment, ServiceId service, ResourceLimits limits);

    /** Deletes the service: from all environments of the project that are not forks, unless the given one is a fork. */
    void deleteService(EnvironmentId environment, ServiceId service);

    void upsertVariables(VariableUpsert variables);

    VolumeId createVolume(NewVolume volume);

    /** Detaches and deletes the volume; Railway keeps listing it, marked, for 48 h. */
    void deleteVolume(VolumeId volume);

    /** Takes a snapshot of a disk, in place. */
    WorkflowId backUpVolume(VolumeInstanceId volume, String name);

    /** Prefer a patch: a proxy made by this call works only after the next deployment. */
    void createTcpProxy(EnvironmentId environment, ServiceId service, int port);

    void deleteTcpProxy(TcpProxyId proxy);

    /** Applies a patch, and with it nobody else's staged changes; deploys what it touches. */
    void commitPatch(EnvironmentId environment, EnvironmentPatch patch, String message);

    /** Starts the service with its current settings, whether it runs, was stopped or never ran. */
    DeploymentId deploy(EnvironmentId environment, ServiceId service);

    /** Stops the containers of a deployment; its status stays {@code SUCCESS}. Sometimes without effect. */
    void stop(DeploymentId deployment);

    /** Takes a deployment away, with its containers: the next means when a stop had no effect. */
    void remove(DeploymentId deployment);

    /** Calls off a deployment: the last means, made for unfinished ones. */
    void cancel(DeploymentId deployment);

    /** Starts the containers of a deployment anew, with the settings they had. */
    void restart(DeploymentId deployment);

    /** Ends all watches and connections. */
    @Override
    default void close() {}
}
