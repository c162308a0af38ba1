package dev.railwaypostgres.operator.database;

import static dev.railwaypostgres.operator.database.ComputeConfiguration.DRAINING;
import static dev.railwaypostgres.operator.database.ComputeConfiguration.MOUNT_PATH;
import static dev.railwaypostgres.operator.database.ComputeConfiguration.PORT;
import static dev.railwaypostgres.operator.database.ComputeConfiguration.UID_VARIABLE;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.RailwayObjects;
import dev.railwaypostgres.operator.database.DatabaseActuator.Target;
import dev.railwaypostgres.operator.signal.RailwayDetails;
import dev.railwaypostgres.railway.CallTerms;
import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayException;
import dev.railwaypostgres.railway.model.Deployment;
import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.railway.model.NewService;
import dev.railwaypostgres.railway.model.NewVolume;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.ServiceInstanceUpdate;
import dev.railwaypostgres.railway.model.TcpProxy;
import dev.railwaypostgres.railway.model.VariableUpsert;
import dev.railwaypostgres.railway.model.VolumeId;
import dev.railwaypostgres.railway.patch.EnvironmentPatch;
import dev.railwaypostgres.railway.patch.ServicePatch;
import dev.railwaypostgres.sleep.ComputeSight;
import dev.railwaypostgres.sleep.SleepStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The steps that Railway is asked to do. Each may be repeated: what is there already is left as it is. */
final class RailwayActuator {
    private static final int RESTARTS = 10;

    private final RailwayDetails details;
    private final VolumeRequests volumeRequests;

    RailwayActuator(RailwayDetails details, VolumeRequests volumeRequests) {
        this.details = details;
        this.volumeRequests = volumeRequests;
    }

    ServerlessDatabaseStatus create(CreateStep step, Target target) {
        return switch (step) {
            case CreateStep.CreateService _ -> createService(target);
            case CreateStep.CreateVolume _ -> createVolume(target);
            case CreateStep.Configure _ -> configure(target);
            case CreateStep.OpenAddress _ -> patch(target, service -> service.tcpProxy(PORT), "Open the address anew");
            case CreateStep.GrowVolume(int sizeMB) -> growVolume(target, sizeMB);
            case CreateStep.UpdateVariables _ -> {
                upsertVariables(target);
                yield StatusMemory.configuration(target.status(), wanted(target).hash());
            }
            case CreateStep.EnsureCredentials _,
                    CreateStep.StoreRoles _,
                    CreateStep.PublishConnection _,
                    CreateStep.OfferParameters _ -> target.status();
        };
    }

    ServerlessDatabaseStatus sleep(SleepStep step, Target target) {
        return switch (step) {
            case SleepStep.ChangeSettings _ -> changeSettings(target);
            case SleepStep.Deploy _ -> deploy(target);
            case SleepStep.ForceStop(SleepStep.Means means) -> forceStop(target, means);
            case SleepStep.Checkpoint _, SleepStep.Fence _, SleepStep.EndIdleSessions _, SleepStep.LeaveCompute _ ->
                target.status();
        };
    }

    ServerlessDatabaseStatus delete(DeleteStep step, Target target) {
        RailwayClient client = client(target, CallTerms.CHANGE);
        switch (step) {
            case DeleteStep.CloseAddress _ -> closeAddress(target, client);
            case DeleteStep.DeleteVolume _ -> target.seen().railway().volumeId().ifPresent(client::deleteVolume);
            case DeleteStep.DeleteService _ ->
                client.deleteService(target.home().environment(), service(target));
        }
        return target.status();
    }

    // ---- making

    private ServerlessDatabaseStatus createService(Target target) {
        DatabaseRef database = target.seen().database();
        ServiceId service = client(target, CallTerms.CHANGE)
                .createService(new NewService(
                        target.home().project(),
                        target.home().environment(),
                        database.serviceName(),
                        Map.of(UID_VARIABLE, database.uid())));
        return objects(target.status(), service.value(), null, null);
    }

    /** A service without a volume is of no use: it goes again if there is no room for one. */
    private ServerlessDatabaseStatus createVolume(Target target) {
        RailwayClient client = client(target, CallTerms.CHANGE);
        NewVolume volume = new NewVolume(
                target.home().project(),
                target.home().environment(),
                service(target),
                MOUNT_PATH,
                target.seen().spec().region());
        volumeRequests.ask(target.seen().database());
        try {
            return objects(target.status(), null, client.createVolume(volume).value(), null);
        } catch (RailwayException.LimitReached | RailwayException.Rejected full) {
            volumeRequests.forget(target.seen().database());
            client.deleteService(target.home().environment(), service(target));
            throw full;
        } catch (RailwayException.RateLimited notNow) {
            volumeRequests.forget(target.seen().database());
            throw notNow;
        }
    }

    /** Everything at once, so that the compute starts once, and with all it needs. */
    private ServerlessDatabaseStatus configure(Target target) {
        ComputeConfiguration wanted = wanted(target);
        VolumeId volume = volume(target);
        EnvironmentPatch patch = EnvironmentPatch.empty()
                .service(service(target), service -> settings(service, wanted).volumeMount(volume, MOUNT_PATH));
        int size = VolumeSize.megabytes(target.seen().spec().storage());
        boolean small = target.seen()
                .railway()
                .volume()
                .filter(disk -> disk.sizeMB() >= size)
                .isEmpty();
        EnvironmentPatch all = small ? patch.volume(volume, disk -> disk.sizeMB(size)) : patch;
        client(target, CallTerms.CHANGE)
                .commitPatch(
                        target.home().environment(),
                        all,
                        "Set up " + target.seen().database());
        details.forget(service(target));
        return StatusMemory.configuration(target.status(), wanted.hash());
    }

    private static ServicePatch settings(ServicePatch service, ComputeConfiguration wanted) {
        ServicePatch settings = service.image(wanted.image())
                .variables(wanted.variables())
                .limits(wanted.limits())
                .restartOnFailure(RESTARTS)
                .draining(DRAINING)
                .requiredMountPath(MOUNT_PATH)
                .sleepApplication(false)
                .tcpProxy(PORT);
        return wanted.region() == null ? settings : settings.region(wanted.region());
    }

    private ServerlessDatabaseStatus growVolume(Target target, int sizeMB) {
        EnvironmentPatch patch = EnvironmentPatch.empty().volume(volume(target), disk -> disk.sizeMB(sizeMB));
        client(target, CallTerms.CHANGE)
                .commitPatch(
                        target.home().environment(),
                        patch,
                        "Grow the volume of " + target.seen().database());
        return target.status();
    }

    private ServerlessDatabaseStatus patch(Target target, UnaryOperator<ServicePatch> change, String message) {
        client(target, CallTerms.CHANGE)
                .commitPatch(
                        target.home().environment(),
                        EnvironmentPatch.empty().service(service(target), change),
                        message + " of " + target.seen().database());
        details.forget(service(target));
        return target.status();
    }

    // ---- sleeping and waking

    /** Call by call instead of by patch: a patch would start the compute. */
    private ServerlessDatabaseStatus changeSettings(Target target) {
        ComputeConfiguration wanted = wanted(target);
        RailwayClient client = client(target, CallTerms.WAKE);
        client.updateService(target.home().environment(), service(target), ServiceInstanceUpdate.image(wanted.image()));
        client.updateLimits(target.home().environment(), service(target), wanted.limits());
        upsertVariables(target);
        return StatusMemory.configuration(target.status(), wanted.hash());
    }

    private void upsertVariables(Target target) {
        client(target, CallTerms.WAKE)
                .upsertVariables(new VariableUpsert(
                        target.home().project(),
                        target.home().environment(),
                        service(target),
                        wanted(target).variables()));
        details.forget(service(target));
    }

    /** What Railway has started by itself meanwhile is left alone; only one that is known to hang is started anew. */
    private ServerlessDatabaseStatus deploy(Target target) {
        RailwayClient client = client(target, CallTerms.WAKE);
        boolean hangs = target.seen().railway().compute() instanceof ComputeSight.Alive;
        DeploymentId deployment = (hangs ? Optional.<DeploymentId>empty() : running(client, target))
                .orElseGet(() -> client.deploy(target.home().environment(), service(target)));
        return objects(target.status(), null, null, deployment.value());
    }

    private static Optional<DeploymentId> running(RailwayClient client, Target target) {
        return Optional.ofNullable(client.service(target.home().environment(), service(target))
                        .latestDeployment())
                .filter(deployment -> !deployment.hasEnded())
                .map(Deployment::id);
    }

    private ServerlessDatabaseStatus forceStop(Target target, SleepStep.Means means) {
        RailwayClient client = client(target, CallTerms.CHANGE);
        if (target.seen().railway().compute() instanceof ComputeSight.Alive alive) {
            DeploymentId deployment = new DeploymentId(alive.deploymentId());
            switch (means) {
                case STOP -> client.stop(deployment);
                case REMOVE -> client.remove(deployment);
                case CANCEL -> client.cancel(deployment);
            }
        }
        return target.status();
    }

    // ---- deleting

    private void closeAddress(Target target, RailwayClient client) {
        List<TcpProxy> proxies = details.tcpProxies(target.home(), service(target), Duration.ZERO);
        proxies.stream().map(TcpProxy::id).forEach(client::deleteTcpProxy);
        details.forget(service(target));
    }

    // ---- ids

    private static RailwayClient client(Target target, CallTerms terms) {
        return target.home().client().under(terms);
    }

    private static ServiceId service(Target target) {
        return target.seen()
                .railway()
                .service()
                .orElseGet(() -> new ServiceId(Objects.requireNonNull(
                        StatusMemory.objects(target.status()).serviceId(), "no service")));
    }

    private static VolumeId volume(Target target) {
        return target.seen().railway().volumeId().orElseThrow();
    }

    private static ComputeConfiguration wanted(Target target) {
        return target.seen().wanted().orElseThrow();
    }

    private static ServerlessDatabaseStatus objects(
            ServerlessDatabaseStatus status,
            @Nullable String service,
            @Nullable String volume,
            @Nullable String deployment) {
        RailwayObjects before = StatusMemory.objects(status);
        return StatusMemory.objects(
                status,
                new RailwayObjects(
                        before.projectId(),
                        before.environmentId(),
                        service == null ? before.serviceId() : service,
                        volume == null ? before.volumeId() : volume,
                        deployment == null ? before.deploymentId() : deployment,
                        before.address()));
    }
}
