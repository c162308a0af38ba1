package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.DeletionPolicy;
import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.database.DatabaseActuator.Target;
import dev.railwaypostgres.operator.events.EventRecorder;
import dev.railwaypostgres.operator.signal.RailwayHome;
import dev.railwaypostgres.operator.status.Claim;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.operator.status.Reason;
import java.util.ArrayList;
import java.util.List;

/** Takes a database away from Railway, or leaves it there, as its deletion policy says. */
public final class DatabaseDeletion {
    private final DatabaseObserver observer;
    private final DatabaseActuator actuator;
    private final EventRecorder events;

    public DatabaseDeletion(DatabaseObserver observer, DatabaseActuator actuator, EventRecorder events) {
        this.observer = observer;
        this.actuator = actuator;
        this.events = events;
    }

    /** Whether the service and the volume stay on Railway. */
    static boolean isRetained(ServerlessDatabase resource) {
        return switch (resource.getSpec().deletionPolicy()) {
            case DELETE -> false;
            case RETAIN, FINAL_BACKUP -> true;
        };
    }

    /** Says that it stays, and why. */
    void retain(ServerlessDatabase resource) {
        String service = DatabaseObserver.ref(resource).serviceName();
        String because = resource.getSpec().deletionPolicy() == DeletionPolicy.FINAL_BACKUP
                ? "this version takes no final backup, so nothing is deleted"
                : "spec.deletionPolicy is Retain";
        events.normal(
                resource,
                Reason.RETAINED,
                "The service " + service + " and its volume stay on Railway: " + because + ".");
    }

    /**
     * Deletes what is left, from the outside in. To be called until it has seen with its own eyes that nothing is.
     *
     * @return whether nothing was left
     */
    boolean run(ServerlessDatabase resource, RailwayHome home, Report report) {
        DatabaseObservation seen = observer.observe(resource, home, true);
        ServerlessDatabaseStatus status = StatusMemory.phase(seen.status(), Phase.DELETING);
        List<DeleteStep> steps = left(seen.railway());
        if (steps.isEmpty()) {
            return true;
        }
        report.write(status, claims("Deleting the service and the volume on Railway."));
        steps.forEach(step -> actuator.act(step, new Target(resource, home, seen, status)));
        return false;
    }

    static List<Claim> claims(String message) {
        return List.of(
                Claim.fails(ConditionType.READY, Reason.DELETING, message),
                Claim.fails(ConditionType.AWAKE, Reason.DELETING, message));
    }

    private static List<DeleteStep> left(RailwaySight railway) {
        List<DeleteStep> left = new ArrayList<>();
        if (railway.service().isPresent()) {
            left.add(new DeleteStep.CloseAddress());
        }
        if (railway.volume().isPresent()) {
            left.add(new DeleteStep.DeleteVolume());
        }
        if (railway.service().isPresent()) {
            left.add(new DeleteStep.DeleteService());
        }
        return left;
    }
}
