package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.operator.failure.FailurePolicy;
import dev.railwaypostgres.operator.failure.Verdict;
import dev.railwaypostgres.operator.signal.RailwayDetails;
import dev.railwaypostgres.operator.signal.RailwayHome;
import dev.railwaypostgres.operator.signal.Signals;
import dev.railwaypostgres.operator.status.StatusWriter;
import dev.railwaypostgres.railway.RailwayException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the framework calls in. Thin: a pass does the work, a policy judges what it throws. */
@ControllerConfiguration(
        name = "serverlessdatabase",
        finalizerName = DatabaseReconciler.FINALIZER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = WorthALook.class),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 10))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 300_000)
public final class DatabaseReconciler implements Reconciler<ServerlessDatabase>, Cleaner<ServerlessDatabase> {
    public static final String FINALIZER = "railway-postgres.dev/cleanup";

    private static final Duration AT_ONCE = Duration.ofMillis(10);
    private static final Duration CONFIRM = Duration.ofSeconds(2);

    private final Cast cast;
    private final FailureReport failures;
    private final RefusedAttempts refused;

    /** Who takes part. */
    public record Cast(
            RailwayHomes homes,
            RailwayDetails details,
            DatabasePass pass,
            DatabaseDeletion deletion,
            StatusWriter writer,
            Signals signals) {}

    DatabaseReconciler(Cast cast, FailureReport failures, RefusedAttempts refused) {
        this.cast = cast;
        this.failures = failures;
        this.refused = refused;
    }

    @Override
    public List<EventSource<?, ServerlessDatabase>> prepareEventSources(
            EventSourceContext<ServerlessDatabase> context) {
        return List.of(cast.signals().source());
    }

    @Override
    public UpdateControl<ServerlessDatabase> reconcile(ServerlessDatabase cached, Context<ServerlessDatabase> context) {
        Optional<Duration> rest = refused.rest(cached);
        if (rest.isPresent()) {
            return UpdateControl.<ServerlessDatabase>noUpdate().rescheduleAfter(max(rest.get(), AT_ONCE));
        }
        ServerlessDatabase database = latest(cached, context.getClient());
        Admission.check(database, context.getPrimaryCache().list());
        RailwayHome home = home(database);
        Admission.checkRegion(database, () -> cast.details().regions(home, Duration.ofHours(1)));
        Duration next = cast.pass().run(database, home, report(database, context));
        return UpdateControl.<ServerlessDatabase>noUpdate().rescheduleAfter(max(next, AT_ONCE));
    }

    @Override
    public ErrorStatusUpdateControl<ServerlessDatabase> updateErrorStatus(
            ServerlessDatabase database, Context<ServerlessDatabase> context, Exception failure) {
        Verdict verdict = FailurePolicy.judge(failure);
        failures.tell(database, verdict, failure, report(database, context));
        if (failure instanceof RailwayException) {
            verdict.retryAfter().ifPresent(after -> refused.remember(database, after));
        }
        ErrorStatusUpdateControl<ServerlessDatabase> control = ErrorStatusUpdateControl.noStatusUpdate();
        return verdict.retryAfter()
                .map(after -> control.withNoRetry().rescheduleAfter(after))
                .orElse(control);
    }

    @Override
    public DeleteControl cleanup(ServerlessDatabase database, Context<ServerlessDatabase> context) {
        cast.pass().leave(database);
        refused.forget(database);
        if (DatabaseDeletion.isRetained(database)) {
            cast.deletion().retain(database);
            return DeleteControl.defaultDelete();
        }
        if (isNeverMade(database)) {
            return DeleteControl.defaultDelete();
        }
        try {
            return cast.deletion().run(database, home(database), report(database, context))
                    ? DeleteControl.defaultDelete()
                    : DeleteControl.noFinalizerRemoval().rescheduleAfter(CONFIRM.toMillis());
        } catch (RuntimeException failure) {
            // The framework tells nobody of what is thrown here, so the edge is ours.
            Verdict verdict = FailurePolicy.judge(failure);
            failures.tell(database, verdict, failure, report(database, context));
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(verdict.retryAfter()
                            .orElse(FailureReport.CLEANUP_RETRY)
                            .toMillis());
        }
    }

    /** A refused database has nothing on Railway, and possibly no way to get there. */
    private static boolean isNeverMade(ServerlessDatabase database) {
        return StatusWriter.current(database).phase() == null;
    }

    private RailwayHome home(ServerlessDatabase database) {
        return cast.homes().of(DatabaseObserver.ref(database), database.getSpec());
    }

    /** Before a fence, what a proxy has just said must not be missed because a watch is late. */
    private static ServerlessDatabase latest(ServerlessDatabase cached, KubernetesClient client) {
        if (StatusWriter.current(cached).phase() != Phase.SUSPENDING) {
            return cached;
        }
        ServerlessDatabase read = client.resource(cached).get();
        return read == null ? cached : read;
    }

    private Report report(ServerlessDatabase database, Context<ServerlessDatabase> context) {
        return (status, claims) -> cast.writer()
                .write(
                        context.getPrimaryCache()
                                .get(ResourceID.fromResource(database))
                                .orElse(database),
                        status,
                        claims,
                        context);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
