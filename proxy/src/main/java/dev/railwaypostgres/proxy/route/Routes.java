package dev.railwaypostgres.proxy.route;

import dev.railwaypostgres.crds.v1alpha1.Bootstrap;
import dev.railwaypostgres.crds.v1alpha1.Durations;
import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.Pooling;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads routes out of resources. Behind this class nobody sees a resource. */
final class Routes {
    private static final String DEFAULT_DATABASE = "app";

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
                limits(spec.pooling()));
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

    private static Route.Limits limits(Pooling pooling) {
        return new Route.Limits(pooling.poolSize(), pooling.maxClients(), Durations.parse(pooling.queueTimeout()));
    }
}
