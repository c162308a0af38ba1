package dev.railwaypostgres.operator.status;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells the cluster what is true of a database; nobody else writes status, on no path.
 *
 * <p>It owns what must never be forgotten or repeated: the observed generation, the times of changes, and that an equal
 * status is not written again. Without that last one each write would be news that causes the next write.
 *
 * <p>Status is applied from a fresh object that holds nothing but status, so that no field of the user's becomes ours;
 * what was written is in the cache when {@link #write} returns, so that the next reconcile cannot see less.
 */
public final class StatusWriter {
    private final InstantSource clock;
    private final StatusListener listener;

    public StatusWriter(InstantSource clock, StatusListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Writes, unless the status says so already.
     *
     * @param status all of it, apart from {@code observedGeneration}, {@code phaseSince} and {@code conditions}, which are
     *     worked out here
     * @param claims what is said of conditions; those not mentioned stay as they are
     * @return whether anything was written
     */
    public boolean write(
            ServerlessDatabase database,
            ServerlessDatabaseStatus status,
            Collection<Claim> claims,
            Context<ServerlessDatabase> context) {
        var before = current(database);
        var next = complete(before, status, claims, database.getMetadata().getGeneration());
        if (next.equals(before)) {
            return false;
        }
        PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(database, fresh(database, next), context);
        listener.onWritten(before, next);
        return true;
    }

    /** The status of a database, which is never null here. */
    public static ServerlessDatabaseStatus current(ServerlessDatabase database) {
        return Objects.requireNonNullElseGet(database.getStatus(), ServerlessDatabaseStatus::unknown);
    }

    private ServerlessDatabaseStatus complete(
            ServerlessDatabaseStatus before,
            ServerlessDatabaseStatus status,
            Collection<Claim> claims,
            long generation) {
        return new ServerlessDatabaseStatus(
                generation,
                status.phase(),
                phaseSince(before, status.phase()),
                status.endpoint(),
                status.connectionSecretName(),
                status.railway(),
                status.deployedConfiguration(),
                status.sleep(),
                status.archive(),
                status.replicas(),
                status.cost(),
                Conditions.merge(before.conditions(), claims, generation, clock.instant()));
    }

    private @Nullable String phaseSince(ServerlessDatabaseStatus before, @Nullable Phase phase) {
        var unchanged = phase == before.phase() && before.phaseSince() != null;
        return unchanged
                ? before.phaseSince()
                : clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static ServerlessDatabase fresh(ServerlessDatabase database, ServerlessDatabaseStatus status) {
        var fresh = new ServerlessDatabase();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(database.getMetadata().getNamespace())
                .withName(database.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
