package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Bootstrap;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseSpec;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.failure.Refusal;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.operator.status.StatusWriter;
import dev.railwaypostgres.railway.model.Region;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses what cannot be, before anything is made from it. What the schema can refuse, the API server has refused. */
final class Admission {
    private static final Comparator<ServerlessDatabase> OLDEST_FIRST = Comparator.comparing(
                    (ServerlessDatabase database) ->
                            String.valueOf(database.getMetadata().getCreationTimestamp()))
            .thenComparing(database -> database.getMetadata().getUid());

    private Admission() {}

    /**
     * @param all every database that the operator knows
     * @throws Refusal with the field and the cure
     */
    static void check(ServerlessDatabase database, Stream<ServerlessDatabase> all) {
        refuseRecovery(database.getSpec());
        refuseUnreadable(database.getSpec());
        refuseTakenEndpoint(database, all);
    }

    /** Regions are only asked for while nothing is made yet. */
    static void checkRegion(ServerlessDatabase database, Supplier<List<Region>> regions) {
        String wanted = database.getSpec().region();
        ServerlessDatabaseStatus status = StatusWriter.current(database);
        if (wanted == null || StatusMemory.objects(status).serviceId() != null) {
            return;
        }
        List<Region> known = regions.get();
        if (known.stream().noneMatch(region -> region.name().equals(wanted))) {
            String names = known.stream().map(Region::name).sorted().collect(Collectors.joining(", "));
            throw new Refusal(
                    Reason.UNKNOWN_REGION,
                    "spec.region: Railway has no region " + wanted + ". Create the database anew in one of: " + names
                            + ".");
        }
    }

    private static void refuseRecovery(ServerlessDatabaseSpec spec) {
        Bootstrap bootstrap = spec.bootstrap();
        if (bootstrap != null && bootstrap.recovery() != null) {
            throw new Refusal(
                    Reason.NOT_SUPPORTED,
                    "spec.bootstrap.recovery: this version cannot restore. Create the database anew without it.");
        }
    }

    private static void refuseUnreadable(ServerlessDatabaseSpec spec) {
        try {
            SleepSpec.policy(spec.suspend());
        } catch (IllegalArgumentException unreadable) {
            throw new Refusal(Reason.INVALID_SPEC, "spec.suspend.afterIdle: " + unreadable.getMessage() + ".");
        }
    }

    private static void refuseTakenEndpoint(ServerlessDatabase database, Stream<ServerlessDatabase> all) {
        String endpoint = endpoint(database);
        all.filter(other -> endpoint(other).equals(endpoint))
                .min(OLDEST_FIRST)
                .filter(oldest -> !oldest.getMetadata()
                        .getUid()
                        .equals(database.getMetadata().getUid()))
                .ifPresent(oldest -> {
                    throw new Refusal(
                            Reason.ENDPOINT_TAKEN,
                            "metadata.name: the endpoint " + endpoint + " is taken by the older database "
                                    + oldest.getMetadata().getNamespace() + "/"
                                    + oldest.getMetadata().getName() + ". Choose another name.");
                });
    }

    private static String endpoint(ServerlessDatabase database) {
        return DatabaseObserver.ref(database).endpointName();
    }
}
