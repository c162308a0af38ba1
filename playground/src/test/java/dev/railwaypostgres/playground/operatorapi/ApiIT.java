package dev.railwaypostgres.playground.operatorapi;

import static dev.railwaypostgres.playground.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.operator.api.ApiServer;
import dev.railwaypostgres.operator.compute.KubernetesConnectionSecrets;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import dev.railwaypostgres.playground.kubernetes.ServiceAccounts;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Cluster.Extension.class)
class ApiIT {
    private static final String AUDIENCE = "railway-postgres-operator";
    private static final String WAKE = "railway-postgres.dev/wake-requested";
    private static final String HOLD = "railway-postgres.dev/hold";
    private static final String WISH = """
            {"client":"10.0.0.1:5555","application":"psql","role":"app","reason":"LISTEN"}""";

    private final Cluster cluster;
    private final ApiServer server;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    ApiIT(Cluster cluster) {
        this.cluster = cluster;
        cluster.kubectl("create", "serviceaccount", "proxy");
        cluster.kubectl("create", "serviceaccount", "other");
        token = token("proxy", AUDIENCE);
        var proxy = "system:serviceaccount:" + cluster.namespace() + ":proxy";
        server = ApiServer.start(0, proxy, cluster.client(), InstantSource.system());
        Resources.create(cluster, "orders");
    }

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    @Test
    void leavesWordOnTheResource() throws Exception {
        Resources.setPhase(cluster, "orders", Phase.SUSPENDED, "2026-01-01T06:00:00Z");

        assertThat(post("wake", token).statusCode()).isEqualTo(202);

        var words = annotation(WAKE).split(" ", 2);
        assertThat(Instant.parse(words[0])).isAfter(Instant.parse("2026-01-01T06:00:00Z"));
        assertThat(words[1]).isEqualTo("app/psql/10.0.0.1:5555");
    }

    @Test
    void writesOnceForAHundredClientsOfASleepingDatabase() throws Exception {
        Resources.setPhase(cluster, "orders", Phase.SUSPENDED, "2026-01-01T06:00:00Z");
        Set<String> words = ConcurrentHashMap.newKeySet();
        try (var changes = cluster.client()
                .resources(ServerlessDatabase.class)
                .inNamespace(cluster.namespace())
                .inform()) {
            changes.addEventHandler(new WordCollector(words));
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int client = 0; client < 100; client++) {
                answers.add(http.sendAsync(wish("wake", token), BodyHandlers.ofString()));
            }

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(202));
            cluster.kubectl("annotate", "sdb/orders", "last=change");
            eventually(() -> assertThat(changes.getStore().list())
                    .allSatisfy(database ->
                            assertThat(database.getMetadata().getAnnotations()).containsKey("last")));
        }
        assertThat(words).hasSize(1);
    }

    @Test
    void holdsADatabaseThatIsGoingToSleep() throws Exception {
        Resources.setPhase(cluster, "orders", Phase.SUSPENDING, "2026-01-01T06:00:00Z");

        assertThat(post("hold", token).statusCode()).isEqualTo(202);

        assertThat(annotation(HOLD)).endsWith(" LISTEN (psql 10.0.0.1:5555)");
    }

    @Test
    void touchesNothingOfTheSpec() throws Exception {
        post("wake", token);

        assertThat(Resources.read(cluster, "orders").getMetadata().getManagedFields())
                .filteredOn(owner -> owner.getFieldsV1().toString().contains(WAKE))
                .extracting(ManagedFieldsEntry::getFieldsV1)
                .allSatisfy(fields -> assertThat(fields.toString()).doesNotContain("f:spec"));
    }

    @Test
    void givesTheRolesOnceTheyAreKnown() throws Exception {
        assertThat(get("roles", token).statusCode()).isEqualTo(409);
        new KubernetesConnectionSecrets(cluster.client())
                .storeRoles(
                        Resources.read(cluster, "orders"),
                        new ComputeIdentity("7400000000000000001", 1, "17.11", Lsn.INVALID),
                        new RolesSnapshot(
                                Map.of("app", "SCRAM-SHA-256$4096:a$b:c"), Map.of(), Map.of("TimeZone", "Etc/UTC")));

        assertThat(get("roles", token).body()).isEqualTo("""
                        {"roles":{"app":"SCRAM-SHA-256$4096:a$b:c"},"parameters":{"TimeZone":"Etc/UTC"},\
                        "systemIdentifier":"7400000000000000001"}""");
    }

    @Test
    void refusesEveryTokenButTheProxysForThisAudience() throws Exception {
        assertThat(get("roles", "no.such.token").statusCode()).isEqualTo(401);
        assertThat(get("roles", token("proxy", null)).statusCode()).isEqualTo(401);
        assertThat(get("roles", token("other", AUDIENCE)).statusCode()).isEqualTo(403);
        assertThat(get("roles", token("proxy", AUDIENCE)).statusCode()).isEqualTo(409);
    }

    @Test
    void doesNotKnowADatabaseThatDoesNotExist() throws Exception {
        cluster.kubectl("delete", "sdb/orders");

        assertThat(get("roles", token).statusCode()).isEqualTo(404);
        assertThat(post("wake", token).statusCode()).isEqualTo(404);
    }

    private String token(String account, @Nullable String audience) {
        return new ServiceAccounts(cluster.client()).token(cluster.namespace(), account, audience);
    }

    private String annotation(String name) {
        var annotations = Resources.read(cluster, "orders").getMetadata().getAnnotations();
        return annotations.getOrDefault(name, "");
    }

    private HttpResponse<String> post(String verb, String bearer) throws Exception {
        return http.send(wish(verb, bearer), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String verb, String bearer) throws Exception {
        return http.send(request(verb, bearer).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest wish(String verb, String bearer) {
        return request(verb, bearer).POST(BodyPublishers.ofString(WISH)).build();
    }

    private HttpRequest.Builder request(String verb, String bearer) {
        var uri = "http://127.0.0.1:%d/v1/namespaces/%s/databases/orders/%s"
                .formatted(server.port(), cluster.namespace(), verb);
        return HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + bearer);
    }

    /** Collects every wake request that ever stood on a resource. */
    private record WordCollector(Set<String> words) implements ResourceEventHandler<ServerlessDatabase> {
        @Override
        public void onAdd(ServerlessDatabase database) {
            collect(database);
        }

        @Override
        public void onUpdate(ServerlessDatabase before, ServerlessDatabase database) {
            collect(database);
        }

        @Override
        public void onDelete(ServerlessDatabase database, boolean unseen) {
            collect(database);
        }

        private void collect(ServerlessDatabase database) {
            var annotations = database.getMetadata().getAnnotations();
            if (annotations != null && annotations.containsKey(WAKE)) {
                words.add(annotations.getOrDefault(WAKE, ""));
            }
        }
    }
}
