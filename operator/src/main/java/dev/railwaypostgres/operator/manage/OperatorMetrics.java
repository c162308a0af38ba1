package dev.railwaypostgres.operator.manage;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Wake;
import dev.railwaypostgres.operator.status.StatusListener;
import dev.railwaypostgres.railway.CallListener;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is counted and timed, and under which names. No tag names a database: there may be thousands.
 *
 * <p>Learns of sleep and wake from the statuses that are written, so that the reconcilers need not know of it.
 */
public final class OperatorMetrics implements StatusListener, CallListener {
    private static final String WAKES = "railway.postgres.wakes";
    private static final String SUSPENDS = "railway.postgres.suspends";
    private static final String CALLS = "railway.postgres.railway.calls";
    private static final String QUEUED = "railway.postgres.railway.calls.queued";
    private static final String DATABASES = "railway.postgres.databases";
    private static final String LEADING = "railway.postgres.leading";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ReconcileMetrics reconciles = new ReconcileMetrics(registry);

    public OperatorMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
    }

    /** For JOSDK, which tells of reconciles. */
    public Metrics reconciles() {
        return reconciles;
    }

    /**
     * Shows how many databases are in each phase.
     *
     * @param phases of all databases that are watched, asked for at each scrape
     */
    public void watchPhases(Supplier<Stream<Phase>> phases) {
        for (var phase : Phase.values()) {
            Gauge.builder(DATABASES, () -> phases.get().filter(phase::equals).count())
                    .description("Databases by phase")
                    .tag("phase", phase.toString())
                    .register(registry);
        }
    }

    /** Shows whether this replica leads. */
    public void watchLeading(Supplier<Boolean> isLeading) {
        Gauge.builder(LEADING, () -> isLeading.get() ? 1 : 0)
                .description("1 on the replica that reconciles")
                .register(registry);
    }

    @Override
    public void onWritten(ServerlessDatabaseStatus before, ServerlessDatabaseStatus after) {
        if (before.phase() == after.phase()) {
            return;
        }
        if (after.phase() == Phase.SUSPENDED) {
            registry.counter(SUSPENDS, "reason", suspendReason(after)).increment();
        }
        if (before.phase() == Phase.WAKING && after.phase() == Phase.ACTIVE) {
            wakeDuration(after).ifPresent(registry.timer(WAKES)::record);
        }
    }

    @Override
    public void onCall(Call call) {
        var outcome = call.failure()
                .map(failure -> failure.getClass().getSimpleName())
                .orElse("Done");
        registry.timer(CALLS, "operation", call.operation(), "outcome", outcome).record(call.took());
        registry.timer(QUEUED, "priority", call.priority().name()).record(call.queued());
    }

    /** All of it, in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    private static String suspendReason(ServerlessDatabaseStatus status) {
        var sleep = status.sleep();
        return sleep == null || sleep.reason() == null ? "Unknown" : sleep.reason();
    }

    private static Optional<Duration> wakeDuration(ServerlessDatabaseStatus status) {
        var sleep = status.sleep();
        return Optional.ofNullable(sleep == null ? null : sleep.lastWake())
                .map(Wake::duration)
                .flatMap(OperatorMetrics::duration);
    }

    /** From {@code 2.4s}. */
    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.parse("PT" + text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
