package dev.railwaypostgres.proxy.manage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the proxy counts that belongs to no single database. */
public final class ProxyMetrics {
    /** Servers choose the SQLSTATEs of their refusals, and this is as many different ones as are told apart. */
    private static final int MOST_FAILURES = 500;

    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicLong certificateExpires = new AtomicLong();
    private final Map<Failure, Counter> failures = new ConcurrentHashMap<>();

    private record Failure(String kind, String sqlState) {}

    public ProxyMetrics(MeterRegistry registry) {
        this.registry = registry;
        gauge(Metric.CLIENTS, clients);
        gauge(Metric.CERTIFICATE_EXPIRES, certificateExpires);
        counter(Metric.LOGINS_HELD_BACK);
        counter(Metric.TURNED_AWAY);
    }

    private void gauge(Metric metric, Number value) {
        Gauge.builder(metric.baseName(), value, Number::doubleValue)
                .description(metric.meaning())
                .register(registry);
    }

    /** @param labels names and values in turn */
    private Counter counter(Metric metric, String... labels) {
        return Counter.builder(metric.baseName())
                .description(metric.meaning())
                .tags(labels)
                .register(registry);
    }

    private Counter counter(Metric metric, Metric.Label label, String value) {
        return counter(metric, label.text(), value);
    }

    /** A login has come to its end: {@code succeeded}, {@code gone}, or a kind of failure. */
    public void login(String outcome) {
        counter(Metric.LOGINS, Metric.Label.OUTCOME, outcome).increment();
    }

    /** Somebody was sent away, or told no. */
    public void refused(String kind, String sqlState) {
        var failure = new Failure(kind, failures.size() < MOST_FAILURES ? sqlState : OTHER);
        failures.computeIfAbsent(
                        failure,
                        one -> counter(
                                Metric.FAILURES,
                                Metric.Label.KIND.text(),
                                one.kind(),
                                Metric.Label.SQLSTATE.text(),
                                one.sqlState()))
                .increment();
    }

    /** A login has to wait because of wrong passwords before it. */
    public void loginHeldBack() {
        counter(Metric.LOGINS_HELD_BACK).increment();
    }

    /** A connection was closed at once: too many from its address, or in all, have not logged in yet. */
    public void turnedAway() {
        counter(Metric.TURNED_AWAY).increment();
    }

    /** @param fate {@code obeyed}, {@code forwarded} to another replica, {@code unknown} or {@code limited} */
    public void cancelAsked(String fate) {
        counter(Metric.CANCELS, Metric.Label.FATE, fate).increment();
    }

    /** The certificate's files have changed, for better or worse. */
    public void certificateRead(boolean isGood) {
        counter(Metric.CERTIFICATE_READS, Metric.Label.OUTCOME, isGood ? "used" : "broken")
                .increment();
    }

    public void certificateExpires(Instant at) {
        certificateExpires.set(at.getEpochSecond());
    }

    public void clients(int change) {
        clients.addAndGet(change);
    }

    public int clients() {
        return clients.get();
    }
}
