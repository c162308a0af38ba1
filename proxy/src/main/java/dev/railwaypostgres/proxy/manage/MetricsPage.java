package dev.railwaypostgres.proxy.manage;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Everything that is counted, as Prometheus reads it: the registry's meters, and the figures of each database. */
public final class MetricsPage {
    private final PrometheusMeterRegistry registry;
    private List<DatabaseFigures> figures = List.of();

    public MetricsPage(PrometheusMeterRegistry registry) {
        this.registry = registry;
        registry.getPrometheusRegistry().register(this::collect);
    }

    /** Takes a while when there are many databases: not for an event loop. */
    public synchronized String of(List<DatabaseFigures> now) {
        figures = now.stream().filter(database -> !database.isUnused()).toList();
        return registry.scrape();
    }

    private MetricSnapshots collect() {
        var page = MetricSnapshots.builder();
        for (var metric : List.of(Metric.QUERY, Metric.TRANSACTION, Metric.WAIT, Metric.WAKE, Metric.LOGIN)) {
            page.metricSnapshot(histogram(metric));
        }
        page.metricSnapshot(counter(Metric.RECEIVED, DatabaseFigures::received));
        page.metricSnapshot(counter(Metric.SENT, DatabaseFigures::sent));
        page.metricSnapshot(
                gauges(Metric.SESSIONS, database -> database.census().sessions()));
        page.metricSnapshot(gauges(Metric.PINNED, database -> database.census().pinned()));
        page.metricSnapshot(
                gauge(Metric.PARKED_BYTES, database -> database.census().parkedBytes()));
        page.metricSnapshot(
                gauges(Metric.SERVERS, database -> database.census().pool().connections()));
        page.metricSnapshot(gauge(
                Metric.LONGEST_WAIT,
                database -> seconds(database.census().pool().longestWait())));
        return page.build();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / (double) Duration.ofSeconds(1).toNanos();
    }

    private HistogramSnapshot histogram(Metric metric) {
        var snapshot = HistogramSnapshot.builder().name(metric.baseName()).help(metric.meaning());
        var bounds = Latencies.Distribution.bounds();
        for (var database : figures) {
            var counted = database.latencies().get(metric);
            if (counted != null) {
                snapshot.dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .labels(labels(database))
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counted.counts()))
                        .sum(counted.seconds())
                        .build());
            }
        }
        return snapshot.build();
    }

    private CounterSnapshot counter(Metric metric, ToDoubleFunction<DatabaseFigures> value) {
        var snapshot = CounterSnapshot.builder().name(metric.baseName()).help(metric.meaning());
        figures.forEach(database -> snapshot.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels(database))
                .value(value.applyAsDouble(database))
                .build()));
        return snapshot.build();
    }

    private GaugeSnapshot gauge(Metric metric, ToDoubleFunction<DatabaseFigures> value) {
        var snapshot = GaugeSnapshot.builder().name(metric.baseName()).help(metric.meaning());
        figures.forEach(database -> snapshot.dataPoint(point(labels(database), value.applyAsDouble(database))));
        return snapshot.build();
    }

    /** One for each row of a database's; the second label says which. */
    private GaugeSnapshot gauges(Metric metric, Function<DatabaseFigures, Map<String, Integer>> rows) {
        var snapshot = GaugeSnapshot.builder().name(metric.baseName()).help(metric.meaning());
        var label = metric.lastLabel();
        figures.forEach(database -> rows.apply(database)
                .forEach((row, value) ->
                        snapshot.dataPoint(point(labels(database).add(label, row), value))));
        return snapshot.build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(value)
                .build();
    }

    private static Labels labels(DatabaseFigures database) {
        return Labels.of(Metric.Label.DATABASE.text(), database.database());
    }
}
