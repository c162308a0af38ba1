package dev.railwaypostgres.operator.manage;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Times JOSDK's reconciles and cleanups, without a tag for each resource. */
final class ReconcileMetrics implements Metrics {
    private static final String RECONCILES = "railway.postgres.reconciles";

    private final MeterRegistry registry;

    ReconcileMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        var started = Timer.start(registry);
        var outcome = "Failed";
        try {
            var result = execution.execute();
            outcome = "Done";
            return result;
        } finally {
            started.stop(registry.timer(RECONCILES, "kind", execution.name(), "outcome", outcome));
        }
    }
}
