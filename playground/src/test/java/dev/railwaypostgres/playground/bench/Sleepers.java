package dev.railwaypostgres.playground.bench;

import static java.util.stream.Collectors.joining;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.RailwayObjects;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Sleep;
import dev.railwaypostgres.operator.compute.KubernetesConnectionSecrets;
import dev.railwaypostgres.operator.database.ComputeConfiguration;
import dev.railwaypostgres.operator.database.DatabaseRef;
import dev.railwaypostgres.playground.kubernetes.Kubectl;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Databases that are asleep from the beginning: their services, volumes, credentials and status are made as an operator
 * would have left them, without a Postgres having run for each. Make them while no operator runs.
 */
record Sleepers(KubernetesClient client, String namespace) {
    private static final String ADDRESS = "127.0.0.1:9";

    void create(Kubectl kubectl, RailwayApi railway, int count) {
        kubectl.apply(
                namespace,
                IntStream.range(0, count).mapToObj(Sleepers::manifest).collect(joining("---\n")));
        databases().forEach(database -> putToSleep(database, railway));
    }

    List<ServerlessDatabase> databases() {
        return client.resources(ServerlessDatabase.class)
                .inNamespace(namespace)
                .withLabel("sleeper")
                .list()
                .getItems();
    }

    /** Waits until an operator has taken them over: all are ready, and it has nothing left to write. */
    void awaitSettled(Duration limit) {
        Await.until("all sleepers are ready", limit, () -> databases().stream().allMatch(Sleepers::isReadyAndAsleep));
        awaitQuiet(limit);
    }

    private void awaitQuiet(Duration limit) {
        var last = new WrittenState[] {WrittenState.of(client, namespace)};
        var since = new long[] {System.nanoTime()};
        Await.until("nothing is written any more", limit, () -> {
            var now = WrittenState.of(client, namespace);
            if (!now.equals(last[0])) {
                last[0] = now;
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > Duration.ofSeconds(3).toNanos();
        });
    }

    private static String manifest(int number) {
        return """
                apiVersion: railway-postgres.dev/v1alpha1
                kind: ServerlessDatabase
                metadata: {name: sleeper-%d, labels: {sleeper: "true"}}
                spec: {}
                """.formatted(number);
    }

    private void putToSleep(ServerlessDatabase database, RailwayApi railway) {
        var metadata = database.getMetadata();
        var ref = new DatabaseRef(metadata.getNamespace(), metadata.getName(), metadata.getUid(), 1);
        var service = railway.createService(ref.serviceName());
        var volume = railway.createVolume(service, ComputeConfiguration.MOUNT_PATH);
        new KubernetesConnectionSecrets(client).ensure(database);
        var ids = railway.ids();
        database.setStatus(asleep(
                new RailwayObjects(ids.projectId(), ids.environmentId(), service, volume, null, ADDRESS),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        client.resource(database).updateStatus();
    }

    private static ServerlessDatabaseStatus asleep(RailwayObjects objects, String since) {
        return new ServerlessDatabaseStatus(
                1L,
                Phase.SUSPENDED,
                since,
                null,
                null,
                objects,
                null,
                new Sleep(since, "Idle", "0/1900000", 1, "7000000000000000001", List.of(), null, null),
                null,
                List.of(),
                null,
                List.of());
    }

    private static boolean isReadyAndAsleep(ServerlessDatabase database) {
        var status = Objects.requireNonNull(database.getStatus());
        return status.phase() == Phase.SUSPENDED
                && status.deployedConfiguration() != null
                && status.conditions().stream().anyMatch(Sleepers::saysReady);
    }

    private static boolean saysReady(Condition condition) {
        return condition.getType().equals("Ready") && condition.getStatus().equals("True");
    }
}
