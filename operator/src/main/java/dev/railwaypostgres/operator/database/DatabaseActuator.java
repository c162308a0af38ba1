package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.compute.ConnectionSecrets;
import dev.railwaypostgres.operator.signal.RailwayDetails;
import dev.railwaypostgres.operator.signal.RailwayHome;
import dev.railwaypostgres.sleep.LoginSight;
import dev.railwaypostgres.sleep.SleepStep;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Does the steps of a plan. What Railway is asked to do is in {@link RailwayActuator}. */
public final class DatabaseActuator {
    private final RailwayActuator railway;
    private final ComputeWatch<ResourceID> watch;
    private final ConnectionSecrets secrets;

    public DatabaseActuator(RailwayDetails details, VolumeRequests volumeRequests, DatabaseObserver.Windows windows) {
        this.railway = new RailwayActuator(details, volumeRequests);
        this.watch = windows.watch();
        this.secrets = windows.secrets();
    }

    /**
     * What a step is done to.
     *
     * @param status as it is so far, with what the steps before this one have added
     */
    record Target(
            ServerlessDatabase resource, RailwayHome home, DatabaseObservation seen, ServerlessDatabaseStatus status) {
        ResourceID id() {
            return ResourceID.fromResource(resource);
        }
    }

    /** Does one step; returns the status with what is to be remembered of it. */
    ServerlessDatabaseStatus act(DatabaseStep step, Target target) {
        return switch (step) {
            case CreateStep.EnsureCredentials _ -> {
                secrets.ensure(target.resource());
                yield target.status();
            }
            case CreateStep.StoreRoles _ -> storeRoles(target);
            case CreateStep.PublishConnection _ -> {
                String name = secrets.publish(target.resource(), target.seen().endpoint());
                yield StatusMemory.endpoint(target.status(), target.seen().endpoint(), name);
            }
            case CreateStep.OfferParameters _ -> {
                watch.offerParameters(
                        target.id(), target.seen().wanted().orElseThrow().parameters());
                yield target.status();
            }
            case CreateStep create -> railway.create(create, target);
            case SleepOrWake(SleepStep sleep) -> sleep(sleep, target);
            case DeleteStep delete -> railway.delete(delete, target);
        };
    }

    private ServerlessDatabaseStatus sleep(SleepStep step, Target target) {
        return switch (step) {
            case SleepStep.Checkpoint _ -> checkpoint(target);
            case SleepStep.Fence _ -> {
                watch.fence(target.id());
                yield target.status();
            }
            case SleepStep.EndIdleSessions end -> {
                watch.call(target.id(), session -> {
                    session.terminateIdle(end.atLeast());
                    return true;
                });
                yield target.status();
            }
            case SleepStep.LeaveCompute _ -> {
                watch.endSession(target.id());
                yield target.status();
            }
            case SleepStep.ForceStop _, SleepStep.ChangeSettings _, SleepStep.Deploy _ -> railway.sleep(step, target);
        };
    }

    /** Who could log in while awake can while asleep: the proxy answers from what is stored here. */
    private ServerlessDatabaseStatus storeRoles(Target target) {
        if (target.seen().login() instanceof LoginSight.LoggedIn login) {
            target.seen().roles().ifPresent(roles -> secrets.storeRoles(target.resource(), login.identity(), roles));
        }
        return target.status();
    }

    private ServerlessDatabaseStatus checkpoint(Target target) {
        var lsn = watch.call(target.id(), session -> {
            var roles = session.roles();
            if (!secrets.holdsRoles(target.resource(), session.identity(), roles)) {
                secrets.storeRoles(target.resource(), session.identity(), roles);
            }
            return session.checkpoint();
        });
        return StatusMemory.lsn(StatusMemory.identity(target.status(), watch.identify(target.id())), lsn.toString());
    }
}
