package dev.railwaypostgres.playground.operatorapi;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Databases in a cluster in which nobody reconciles: they are what the test makes them. */
final class Resources {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private Resources() {}

    static ServerlessDatabase create(Cluster cluster, String name) {
        cluster.kubectl().apply(cluster.namespace(), """
                apiVersion: railway-postgres.dev/v1alpha1
                kind: ServerlessDatabase
                metadata: {name: %s}
                spec: {}
                """.formatted(name));
        return read(cluster, name);
    }

    static ServerlessDatabase read(Cluster cluster, String name) {
        return cluster.client()
                .resources(ServerlessDatabase.class)
                .inNamespace(cluster.namespace())
                .withName(name)
                .require();
    }

    static void setPhase(Cluster cluster, String name, Phase phase, String since) {
        cluster.client()
                .resources(ServerlessDatabase.class)
                .inNamespace(cluster.namespace())
                .withName(name)
                .subresource("status")
                .patch(MERGE, "{\"status\":{\"phase\":\"%s\",\"phaseSince\":\"%s\"}}".formatted(phase, since));
    }
}
