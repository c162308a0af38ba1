package dev.railwaypostgres.proxy.route;

import dev.railwaypostgres.crds.v1alpha1.Bootstrap;
import dev.railwaypostgres.crds.v1alpha1.Durations;
import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.Pooling;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.Suspend;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads routes out of resources. Behind this class nobody sees a resource. */
final class Routes {
    private static final String DEFAULT_DATABASE = "app";

    /** The operator writes it when it has stored other roles than before. */
    private static final String ROLES_CHANGED = "railway-postgres.dev/roles-changed";

    private Routes() {}

    static DatabaseRef refOf(ServerlessDatabase resource) {
        return new DatabaseRef(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    static Route of(ServerlessDatabase resource) {
        var ref = refOf(resource);
        var spec = resource.getSpec();
        var status = Optional.ofNullable(resource.getStatus());
        return new Route(
                ref,
                Optional.ofNullable(spec.bootstrap())
                        .map(Bootstrap::initdb)
                        .map(Bootstrap.InitDb::database)
                        .orElse(DEFAULT_DATABASE),
                status.map(ServerlessDatabaseStatus::endpoint)
                        .map(ServerlessDatabaseStatus.Endpoint::name)
                        .orElseGet(ref::endpoint),
                readiness(status.map(ServerlessDatabaseStatus::phase).orElse(null)),
                status.map(ServerlessDatabaseStatus::railway)
                        .map(ServerlessDatabaseStatus.RailwayObjects::address)
                        .map(Address::parse)
                        .orElse(null),
                spec.suspend().suspended(),
                pooling(spec.pooling(), spec.suspend()),
                Optional.ofNullable(resource.getMetadata().getAnnotations())
                        .map(annotations -> annotations.get(ROLES_CHANGED))
                        .orElse(""));
    }

    private static Route.Readiness readiness(@Nullable Phase phase) {
        return switch (phase) {
            case null -> Route.Readiness.UNKNOWN;
            case PROVISIONING, RESTORING, FAILED, DELETING -> Route.Readiness.UNKNOWN;
            case ACTIVE -> Route.Readiness.AWAKE;
            case SUSPENDING -> Route.Readiness.SUSPENDING;
            case SUSPENDED -> Route.Readiness.ASLEEP;
            case WAKING -> Route.Readiness.WAKING;
        };
    }

    private static PoolPolicy pooling(Pooling pooling, Suspend suspend) {
        return new PoolPolicy(
                mode(pooling.mode()),
                new PoolPolicy.Size(
                        pooling.poolSize(),
                        pooling.reserveSize(),
                        Durations.parse(pooling.reserveAfter()),
                        pooling.maxClients()),
                new PoolPolicy.Patience(
                        Durations.parse(pooling.queueTimeout()),
                        Durations.parse(pooling.idleInTransactionTimeout()),
                        Durations.parse(pooling.clientIdleTimeout()),
                        Durations.parse(pooling.serverIdleTimeout()),
                        Durations.parse(pooling.serverLifetime())),
                pooling.roles().stream()
                        .collect(Collectors.toMap(Pooling.Role::name, Routes::role, (first, _) -> first)),
                suspend.answerWithoutWaking().stream().map(Routes::localAnswer).collect(Collectors.toSet()));
    }

    private static PoolPolicy.RolePolicy role(Pooling.Role role) {
        var mode = role.mode();
        return new PoolPolicy.RolePolicy(mode == null ? null : mode(mode), role.poolSize(), role.maxClients());
    }

    private static PoolPolicy.Mode mode(Pooling.Mode mode) {
        return switch (mode) {
            case TRANSACTION -> PoolPolicy.Mode.TRANSACTION;
            case SESSION -> PoolPolicy.Mode.SESSION;
        };
    }

    private static PoolPolicy.LocalAnswer localAnswer(Suspend.LocalAnswer answer) {
        return switch (answer) {
            case PINGS -> PoolPolicy.LocalAnswer.PINGS;
            case BEGIN -> PoolPolicy.LocalAnswer.BEGIN;
            case SETTINGS -> PoolPolicy.LocalAnswer.SETTINGS;
        };
    }
}
