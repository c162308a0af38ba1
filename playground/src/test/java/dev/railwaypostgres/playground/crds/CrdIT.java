package dev.railwaypostgres.playground.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import dev.railwaypostgres.playground.kubernetes.Kubectl;
import dev.railwaypostgres.playground.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Cluster.Extension.class)
class CrdIT {
    private static Kubectl kubectl;
    private static String namespace;

    @BeforeAll
    static void join(Cluster cluster) {
        kubectl = cluster.kubectl();
        namespace = cluster.namespace();
    }

    /** All but the settings of a proxy without Kubernetes. */
    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Repository.path("examples"))) {
            return files.filter(file -> !file.endsWith("standalone.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void acceptsEveryExample(Path example) {
        assertThat(kubectl.run("apply", "-n", namespace, "--dry-run=server", "-f", example.toString()))
                .contains("created (server dry run)");
    }

    @Test
    void fillsInTheDefaultsOfAnEmptySpec() throws IOException {
        kubectl.apply(namespace, database("defaults", "{}"));
        assertThat(stored("defaults").path("spec")).isEqualTo(new ObjectMapper().readTree("""
                {"postgresVersion": 17, "plan": "Hobby", "compute": {}, "storage": {"size": "5Gi"},
                 "suspend": {"afterIdle": "5m", "ignore": {}, "suspended": false},
                 "pooling": {"mode": "Transaction", "poolSize": 20, "maxClients": 1000, "queueTimeout": "30s",
                             "reserveSize": 0, "reserveAfter": "5s", "idleInTransactionTimeout": "0s",
                             "clientIdleTimeout": "0s", "serverIdleTimeout": "10m", "serverLifetime": "1h"},
                 "readReplicas": 0, "deletionPolicy": "Delete"}
                """));
    }

    @Test
    void showsPhaseSinceAndEndpointAtAGlance() {
        kubectl.apply(namespace, database("glance", "{}"));
        assertThat(kubectl.run("get", "railway-postgres", "-n", namespace)
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .containsSubsequence("NAME", "READY", "PHASE", "SINCE", "ENDPOINT", "AGE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {nope: 1}                                                     | unknown field "spec.nope"
                    {suspend: {afterIdel: 5m}}                                    | unknown field "spec.suspend.afterIdel"
                    {plan: Free}                                                  | spec.plan: Unsupported value: "Free"
                    {pooling: {mode: Statement}}                                  | spec.pooling.mode: Unsupported value
                    {deletionPolicy: Keep}                                        | spec.deletionPolicy: Unsupported value
                    {postgresVersion: 14}                                         | spec.postgresVersion
                    {postgresVersion: 19}                                         | spec.postgresVersion
                    {compute: {cpu: '0'}}                                         | spec.compute.cpu
                    {compute: {memory: 1}}                                        | spec.compute.memory
                    {compute: {memory: 1Ti}}                                      | spec.compute.memory
                    {storage: {size: 0Gi}}                                        | spec.storage.size
                    {suspend: {afterIdle: ''}}                                    | spec.suspend.afterIdle
                    {suspend: {afterIdle: 5}}                                     | spec.suspend.afterIdle
                    {suspend: {afterIdle: 1d}}                                    | spec.suspend.afterIdle
                    {pooling: {poolSize: 0}}                                      | spec.pooling.poolSize
                    {readReplicas: 1}                                             | spec.readReplicas needs spec.backup
                    {railway: {projectId: p}}                                     | spec.railway needs projectId and environmentId
                    {railway: {tokenSecretRef: {key: token}}}                     | spec.railway.tokenSecretRef.name
                    {backup: {}}                                                  | spec.backup.store: Required value
                    {bootstrap: {initdb: {}, recovery: {databaseRef: other}}}     | spec.bootstrap takes initdb or recovery, not both
                    {bootstrap: {initdb: {owner: postgres}}}                      | spec.bootstrap.initdb.owner
                    {bootstrap: {initdb: {owner: pg_monitor}}}                    | spec.bootstrap.initdb.owner
                    {bootstrap: {initdb: {database: template1}}}                  | spec.bootstrap.initdb.database
                    {bootstrap: {initdb: {database: 'a b'}}}                      | spec.bootstrap.initdb.database
                    {bootstrap: {recovery: {}}}                                   | spec.bootstrap.recovery takes exactly one
                    {bootstrap: {recovery: {databaseRef: a, backupRef: b}}}       | spec.bootstrap.recovery takes exactly one
                    {bootstrap: {recovery: {databaseRef: a, target: {}}}}         | spec.bootstrap.recovery.target takes exactly one
                    {bootstrap: {recovery: {databaseRef: a, target: {time: noon}}}} | spec.bootstrap.recovery.target.time
                    {postgresql: {parameters: {fsync: 'off'}}}                    | spec.postgresql.parameters holds a setting that the operator owns
                    {postgresql: {parameters: {include: /etc/passwd, work_mem: 1MB}}} | spec.postgresql.parameters holds a setting that the operator owns
                    {storage: {size: 9999999Gi}}                                  | spec.storage.size
                    {postgresql: {parameters: {Work-Mem: 1MB}}}                   | spec.postgresql.parameters: Invalid value
                    {postgresql: {parameters: {work_mem: "1MB\\nfsync = off"}}}   | spec.postgresql.parameters: Invalid value
                    """)
    void refusesWhatMakesNoSenseAndNamesTheField(String spec, String complaint) {
        refused(kubectl.attemptApply(namespace, database("refused", spec)), complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1st", "with.dot", "a2345678901234567890123456789012345678901"})
    void refusesANameThatCannotBePartOfAHostName(String name) {
        refused(kubectl.attemptApply(namespace, database(name, "{}")), "metadata.name must be a DNS label");
    }

    @Test
    void refusesAResourceWithoutASpec() {
        refused(kubectl.attemptApply(namespace, database("specless", null)), "spec: Required value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {storage: {size: 1Gi}}                              | spec.storage.size can only grow
                    {storage: {size: 5119Mi}}                           | spec.storage.size can only grow
                    {postgresVersion: 18}                               | spec.postgresVersion cannot be changed
                    {region: europe-west4-drams3a}                      | spec.region cannot be changed
                    {railway: {projectId: p, environmentId: e}}         | spec.railway.projectId cannot be changed
                    {railway: {projectId: p, environmentId: e}}         | spec.railway.environmentId cannot be changed
                    {bootstrap: {initdb: {}}}                           | spec.bootstrap cannot be changed
                    """)
    void refusesToChangeWhatADatabaseCannotChange(String spec, String complaint) {
        kubectl.apply(namespace, database("fixed", "{}"));
        refused(kubectl.attemptApply(namespace, database("fixed", spec)), complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{storage: {size: 6Gi}}",
                "{compute: {cpu: 500m, memory: 2Gi}}",
                "{suspend: {suspended: true}}",
                "{suspend: {afterIdle: 0s}}",
                "{postgresql: {parameters: {work_mem: 16MB, pg_stat_statements.max: '1000'}}}",
                "{deletionPolicy: Retain}",
                "{railway: {tokenSecretRef: {name: another}}}"
            })
    void changesWhatADatabaseCanChange(String spec) {
        kubectl.run("delete", "sdb", "changing", "-n", namespace, "--ignore-not-found");
        kubectl.apply(namespace, database("changing", "{}"));
        assertThat(kubectl.apply(namespace, database("changing", spec))).contains("changing configured");
    }

    @Test
    void explainsEachFieldOnTheTerminal() {
        assertThat(kubectl.run("explain", "sdb.spec.suspend.afterIdle")).contains("Sleep after this long without work");
    }

    private static void refused(Command.Result result, String complaint) {
        assertThat(result.succeeded()).isFalse();
        assertThat(result.errors()).contains(complaint);
    }

    private static JsonNode stored(String name) throws IOException {
        return new ObjectMapper().readTree(kubectl.run("get", "sdb", name, "-n", namespace, "-o", "json"));
    }

    private static String database(String name, @Nullable String spec) {
        return """
                apiVersion: railway-postgres.dev/v1alpha1
                kind: ServerlessDatabase
                metadata: {name: "%s"}
                %s
                """.formatted(name, spec == null ? "" : "spec: " + spec);
    }
}
