package dev.railwaypostgres.proxy;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.operator.OperatorApi;
import dev.railwaypostgres.proxy.operator.RoleAttributes;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.operator.Visitor;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An operator that remembers what it was asked, and does what the test says on a wake. */
public final class FakeOperator implements OperatorApi {
    public final List<Visitor> wakes = new CopyOnWriteArrayList<>();
    public final List<String> holds = new CopyOnWriteArrayList<>();
    public final AtomicInteger rolesAsked = new AtomicInteger();
    public volatile Runnable onWake = () -> {};

    private final Map<String, ScramVerifier> roles = new ConcurrentHashMap<>();
    private final Map<String, RoleAttributes> attributes = new ConcurrentHashMap<>();

    public void role(String name, ScramVerifier verifier) {
        roles.put(name, verifier);
    }

    public void attributes(String name, RoleAttributes attributes) {
        this.attributes.put(name, attributes);
    }

    @Override
    public CompletionStage<Void> wake(DatabaseRef database, Visitor visitor) {
        wakes.add(visitor);
        return CompletableFuture.runAsync(onWake);
    }

    @Override
    public CompletionStage<Void> hold(DatabaseRef database, Visitor visitor, String reason) {
        holds.add(reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<RoleSnapshot> roles(DatabaseRef database) {
        rolesAsked.incrementAndGet();
        return CompletableFuture.completedStage(new RoleSnapshot(
                roles,
                attributes,
                Map.of(
                        "server_version", "17.11",
                        "server_encoding", "UTF8",
                        "client_encoding", "UTF8",
                        "DateStyle", "ISO, MDY",
                        "TimeZone", "UTC",
                        "integer_datetimes", "on",
                        "standard_conforming_strings", "on")));
    }
}
