package dev.railwaypostgres.playground.operatorapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Endpoint;
import dev.railwaypostgres.operator.compute.ConnectionSecrets;
import dev.railwaypostgres.operator.compute.KubernetesConnectionSecrets;
import dev.railwaypostgres.operator.compute.SecretTakenException;
import dev.railwaypostgres.playground.kubernetes.Cluster;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Cluster.Extension.class)
class ConnectionSecretsIT {
    private static final Endpoint ENDPOINT = new Endpoint("orders-shop", "db.test", 5432, "db.test:5432");
    private static final Endpoint MOVED = new Endpoint("orders-shop", "other.test", 5432, "other.test:5432");
    private static final ComputeIdentity IDENTITY = new ComputeIdentity("7400000000000000001", 1, "17.11", Lsn.INVALID);
    private static final RolesSnapshot ROLES = new RolesSnapshot(
            Map.of("app", "SCRAM-SHA-256$4096:c2FsdA==$x:y"), Map.of(), Map.of("server_version", "17.11"));

    private final Cluster cluster;
    private final ConnectionSecrets secrets;
    private final ServerlessDatabase database;

    ConnectionSecretsIT(Cluster cluster) {
        this.cluster = cluster;
        this.secrets = new KubernetesConnectionSecrets(cluster.client());
        this.database = Resources.create(cluster, "orders");
    }

    @BeforeEach
    void nothingIsThereYet() {
        assertThat(secrets.find(database)).isEmpty();
        assertThat(secrets.isPublished(database, ENDPOINT)).isFalse();
        assertThat(secrets.holdsRoles(database, IDENTITY, ROLES)).isFalse();
    }

    @Test
    void makesPasswordsOnceAndKeepsThem() {
        var made = secrets.ensure(database);

        assertThat(secrets.ensure(database)).isEqualTo(made);
        assertThat(secrets.find(database)).contains(made);
    }

    @Test
    void publishesHowToConnectInASecretThatGoesWithTheDatabase() {
        assertThat(secrets.publish(database, ENDPOINT)).isEqualTo("orders-connection");

        var secret = secret("orders-connection");
        assertThat(secret.getType()).isEqualTo("servicebinding.io/postgresql");
        assertThat(secret.getMetadata().getLabels()).containsEntry("railway-postgres.dev/database", "orders");
        assertThat(secret.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getUid)
                .containsExactly(database.getMetadata().getUid());
        assertThat(entry(secret, "uri"))
                .isEqualTo("postgresql://app:%s@db.test:5432/app?sslmode=require&options=endpoint%%3Dorders-shop"
                        .formatted(entry(secret, "password")));
    }

    @Test
    void writesNothingWhenAllIsAsItShouldBe() {
        secrets.publish(database, ENDPOINT);
        secrets.storeRoles(database, IDENTITY, ROLES);
        var before = versions();

        secrets.ensure(database);
        secrets.publish(database, ENDPOINT);
        secrets.storeRoles(database, IDENTITY, ROLES);

        assertThat(versions()).isEqualTo(before);
        assertThat(secrets.isPublished(database, ENDPOINT)).isTrue();
        assertThat(secrets.holdsRoles(stored(), IDENTITY, ROLES)).isTrue();
    }

    private ServerlessDatabase stored() {
        return cluster.client().resource(database).require();
    }

    @Test
    void leavesWordWhenOtherRolesAreStored() {
        secrets.storeRoles(database, IDENTITY, ROLES);
        var first = stored().getMetadata().getAnnotations().get("railway-postgres.dev/roles-changed");
        assertThat(first).isNotBlank();
        var others = new RolesSnapshot(Map.of(), Map.of(), Map.of());

        assertThat(secrets.holdsRoles(stored(), IDENTITY, others)).isFalse();
        secrets.storeRoles(database, IDENTITY, others);

        assertThat(stored().getMetadata().getAnnotations().get("railway-postgres.dev/roles-changed"))
                .isNotBlank()
                .isNotEqualTo(first);
    }

    @Test
    void restoresADeletedConnectionSecretWithTheSamePassword() {
        secrets.publish(database, ENDPOINT);
        var password = entry(secret("orders-connection"), "password");
        cluster.kubectl("delete", "secret", "orders-connection");
        assertThat(secrets.isPublished(database, ENDPOINT)).isFalse();

        secrets.publish(database, ENDPOINT);

        assertThat(entry(secret("orders-connection"), "password")).isEqualTo(password);
    }

    @Test
    void mendsWhatSomebodyChanged() {
        secrets.publish(database, ENDPOINT);
        cluster.kubectl("patch", "secret", "orders-connection", "-p", "{\"stringData\":{\"host\":\"elsewhere\"}}");
        assertThat(secrets.isPublished(database, ENDPOINT)).isFalse();

        secrets.publish(database, ENDPOINT);

        assertThat(entry(secret("orders-connection"), "host")).isEqualTo("db.test");
    }

    @Test
    void leavesWhatSomebodyAdded() {
        secrets.publish(database, ENDPOINT);
        cluster.kubectl("patch", "secret", "orders-connection", "-p", "{\"stringData\":{\"note\":\"mine\"}}");
        assertThat(secrets.isPublished(database, ENDPOINT)).isTrue();

        secrets.publish(database, MOVED);

        assertThat(entry(secret("orders-connection"), "note")).isEqualTo("mine");
        assertThat(entry(secret("orders-connection"), "host")).isEqualTo("other.test");
    }

    @Test
    void touchesNoSecretThatWasThereBefore() {
        cluster.kubectl("create", "secret", "generic", "orders-admin", "--from-literal=password=mine");
        cluster.kubectl("create", "secret", "generic", "orders-connection", "--from-literal=uri=mine");

        assertThatThrownBy(() -> secrets.ensure(database)).hasMessageContaining("The Secret orders-admin was there");
        assertThatThrownBy(() -> secrets.isPublished(database, ENDPOINT)).isInstanceOf(SecretTakenException.class);
        assertThat(secret("orders-admin").getMetadata().getOwnerReferences()).isEmpty();
        assertThat(entry(secret("orders-admin"), "password")).isEqualTo("mine");
        assertThat(entry(secret("orders-connection"), "uri")).isEqualTo("mine");
    }

    @Test
    void waitsForTheSecretsOfADeletedDatabaseOfTheSameNameToGo() {
        secrets.ensure(database);
        var uid = "0f8fad5b-d9cb-469f-a165-70867728950e";
        var successor = Resources.create(cluster, "orders");
        successor.getMetadata().setUid(uid);

        assertThatThrownBy(() -> secrets.find(successor))
                .isInstanceOfSatisfying(
                        SecretTakenException.class,
                        taken -> assertThat(taken.isPassing()).isTrue());
    }

    @Test
    void takesAPasswordThatAPersonHasRestored() {
        var made = secrets.ensure(database);
        cluster.kubectl("patch", "secret", "orders-admin", "--type=json", "-p", """
                [{"op": "remove", "path": "/metadata/ownerReferences"}]""");

        assertThat(secrets.find(database)).contains(made);
    }

    private Secret secret(String name) {
        return cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName(name)
                .require();
    }

    private Map<String, String> versions() {
        return Map.of(
                "admin", secret("orders-admin").getMetadata().getResourceVersion(),
                "connection", secret("orders-connection").getMetadata().getResourceVersion(),
                "roles", secret("orders-roles").getMetadata().getResourceVersion());
    }

    private static String entry(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().getOrDefault(key, "")), StandardCharsets.UTF_8);
    }
}
