package dev.railwaypostgres.proxy.manage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the proxy counts. Names of databases, roles and clients are no labels: there may be thousands. */
public final class ProxyMetrics {
    private static final String PREFIX = "railway_postgres_proxy_";

    private final MeterRegistry registry;
    private final Timer wakes;
    private final Timer logins;
    private final Timer waits;
    private final AtomicInteger serverConnections = new AtomicInteger();
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicLong certificateExpires = new AtomicLong();
    private final Map<String, AtomicInteger> sessions = new ConcurrentHashMap<>();
    private final Map<String, Counter> refusals = new ConcurrentHashMap<>();

    public ProxyMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.wakes = Timer.builder(PREFIX + "wake")
                .description("From the first client that waits until the first login to the server.")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(50))
                .maximumExpectedValue(Duration.ofMinutes(3))
                .register(registry);
        this.logins = Timer.builder(PREFIX + "login")
                .description("From the startup packet until the client is logged in.")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(60))
                .register(registry);
        this.waits = Timer.builder(PREFIX + "wait")
                .description("From a client's request for a server connection until it has one, if it had to wait.")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(60))
                .register(registry);
        Gauge.builder(PREFIX + "server_connections", serverConnections, AtomicInteger::get)
                .description("Connections to servers that a session has.")
                .register(registry);
        Gauge.builder(PREFIX + "certificate_expires_seconds", certificateExpires, AtomicLong::get)
                .description("When the certificate for clients expires, in seconds since 1970; 0 without one.")
                .register(registry);
        Gauge.builder(PREFIX + "client_connections", clients, AtomicInteger::get)
                .description("Connections from clients, logged in or not.")
                .register(registry);
    }

    public void woken(Duration duration) {
        wakes.record(duration);
    }

    /** A client has waited that long for a server connection. */
    public void waited(Duration duration) {
        waits.record(duration);
    }

    public void loggedIn(Duration duration) {
        logins.record(duration);
    }

    /** Somebody was sent away, or told no, for that kind of reason. */
    public void refused(String kind) {
        refusals.computeIfAbsent(
                        kind,
                        name -> Counter.builder(PREFIX + "failures")
                                .description("Failures that clients were told of.")
                                .tag("kind", name)
                                .register(registry))
                .increment();
    }

    /** A login has to wait because of wrong passwords before it. */
    public void loginHeldBack() {
        count("logins_held_back", "Logins that had to wait because of wrong passwords from their address.");
    }

    /** A connection was closed at once: too many from its address, or in all, have not logged in yet. */
    public void turnedAway() {
        count("connections_turned_away", "Connections closed at once because too many had not logged in yet.");
    }

    /** @param fate {@code obeyed}, {@code forwarded} to another replica, {@code unknown} or {@code limited} */
    public void cancelAsked(String fate) {
        registry.counter(PREFIX + "cancel_requests", "fate", fate).increment();
    }

    /** The certificate's files have changed, for better or worse. */
    public void certificateRead(boolean isGood) {
        registry.counter(PREFIX + "certificate_reads", "outcome", isGood ? "used" : "broken")
                .increment();
    }

    public void certificateExpires(Instant at) {
        certificateExpires.set(at.getEpochSecond());
    }

    private void count(String name, String description) {
        Counter.builder(PREFIX + name)
                .description(description)
                .register(registry)
                .increment();
    }

    public void serverConnections(int change) {
        serverConnections.addAndGet(change);
    }

    public void clients(int change) {
        clients.addAndGet(change);
    }

    public int clients() {
        return clients.get();
    }

    /** A session has come from one state to another; one of them may be the outside, which is not counted. */
    public void moved(String from, String to) {
        if (!from.equals(to)) {
            sessionsIn(from).decrementAndGet();
            sessionsIn(to).incrementAndGet();
        }
    }

    private AtomicInteger sessionsIn(String state) {
        return sessions.computeIfAbsent(state, name -> {
            var count = new AtomicInteger();
            if (!name.equals(OUTSIDE)) {
                Gauge.builder(PREFIX + "sessions", count, AtomicInteger::get)
                        .description("Sessions by state.")
                        .tag("state", name)
                        .register(registry);
            }
            return count;
        });
    }

    /** Where sessions come from and go to. */
    public static final String OUTSIDE = "Closed";
}
