package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.Compute;
import dev.railwaypostgres.crds.v1alpha1.DeletionPolicy;
import dev.railwaypostgres.crds.v1alpha1.Plan;
import dev.railwaypostgres.crds.v1alpha1.Pooling;
import dev.railwaypostgres.crds.v1alpha1.Postgresql;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseSpec;
import dev.railwaypostgres.crds.v1alpha1.Storage;
import dev.railwaypostgres.crds.v1alpha1.Suspend;
import java.util.List;
import java.util.Map;

/** Specs as users write them. */
final class Specs {
    private static final Suspend USUAL =
            new Suspend("5m", new Suspend.Ignore(List.of(), List.of()), null, false, List.of());

    private Specs() {}

    static ServerlessDatabaseSpec plain() {
        return with(USUAL);
    }

    static ServerlessDatabaseSpec with(Suspend suspend) {
        return spec(suspend, new Compute("1", "1Gi"), "5Gi");
    }

    static ServerlessDatabaseSpec withCpu(String cpu) {
        return spec(USUAL, new Compute(cpu, "1Gi"), "5Gi");
    }

    static ServerlessDatabaseSpec withStorage(String size) {
        return spec(USUAL, new Compute("1", "1Gi"), size);
    }

    static ServerlessDatabaseSpec withParameters(Map<String, String> parameters) {
        return spec(USUAL, new Compute("1", "1Gi"), "5Gi", parameters);
    }

    static Suspend ordered() {
        return new Suspend("5m", new Suspend.Ignore(List.of(), List.of()), null, true, List.of());
    }

    static Suspend afterIdle(String span) {
        return new Suspend(span, new Suspend.Ignore(List.of(), List.of()), null, false, List.of());
    }

    private static ServerlessDatabaseSpec spec(Suspend suspend, Compute compute, String storage) {
        return spec(suspend, compute, storage, Map.of());
    }

    private static ServerlessDatabaseSpec spec(
            Suspend suspend, Compute compute, String storage, Map<String, String> parameters) {
        return new ServerlessDatabaseSpec(
                17,
                Plan.HOBBY,
                null,
                null,
                compute,
                new Storage(storage),
                suspend,
                Pooling.defaults(),
                null,
                0,
                new Postgresql(parameters),
                null,
                DeletionPolicy.DELETE);
    }
}
