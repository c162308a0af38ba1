package dev.railwaypostgres.operator.compute;

import dev.railwaypostgres.crds.v1alpha1.Bootstrap.InitDb;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Endpoint;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/** Keeps the Secrets in the cluster, by server-side apply. */
public final class KubernetesConnectionSecrets implements ConnectionSecrets {
    private static final String CONNECTION_TYPE = "servicebinding.io/postgresql";

    private final OwnedSecrets secrets;
    private final RolesNotice notice;

    public KubernetesConnectionSecrets(KubernetesClient client) {
        this.secrets = new OwnedSecrets(client);
        this.notice = new RolesNotice(client);
    }

    @Override
    public Optional<Credentials> find(ServerlessDatabase database) {
        return findAdmin(database).map(AdminSecret::credentials);
    }

    @Override
    public Credentials ensure(ServerlessDatabase database) {
        return ensureAdmin(database).credentials();
    }

    @Override
    public boolean isPublished(ServerlessDatabase database, Endpoint endpoint) {
        return findAdmin(database)
                .map(admin -> secrets.holds(database, connection(database, endpoint, admin)))
                .orElse(false);
    }

    @Override
    public String publish(ServerlessDatabase database, Endpoint endpoint) {
        var connection = connection(database, endpoint, ensureAdmin(database));
        secrets.apply(database, connection);
        return connection.name();
    }

    @Override
    public boolean holdsRoles(ServerlessDatabase database, ComputeIdentity identity, RolesSnapshot roles) {
        var json = StoredRoles.of(identity, roles).toJson();
        return secrets.holds(database, stored(database, json)) && notice.stands(database, json);
    }

    @Override
    public void storeRoles(ServerlessDatabase database, ComputeIdentity identity, RolesSnapshot roles) {
        var json = StoredRoles.of(identity, roles).toJson();
        secrets.apply(database, stored(database, json));
        notice.leave(database, json);
    }

    private Optional<AdminSecret> findAdmin(ServerlessDatabase database) {
        return secrets.read(database, adminName(database)).flatMap(AdminSecret::from);
    }

    /** A password that another operator has made in the same moment wins: what is there is never made anew. */
    private AdminSecret ensureAdmin(ServerlessDatabase database) {
        if (secrets.read(database, adminName(database)).isEmpty()) {
            secrets.create(database, admin(database, AdminSecret.complete(Map.of())));
        }
        return findAdmin(database).orElseGet(() -> completeAdmin(database));
    }

    private AdminSecret completeAdmin(ServerlessDatabase database) {
        var found = secrets.read(database, adminName(database)).orElse(Map.of());
        var complete = AdminSecret.complete(found);
        secrets.apply(database, admin(database, complete));
        return complete;
    }

    private static SecretContent admin(ServerlessDatabase database, AdminSecret admin) {
        return new SecretContent(adminName(database), SecretContent.OPAQUE, admin.entries());
    }

    private static String adminName(ServerlessDatabase database) {
        return AdminSecret.name(database.getMetadata().getName());
    }

    private static SecretContent connection(ServerlessDatabase database, Endpoint endpoint, AdminSecret admin) {
        var bootstrap = database.getSpec().bootstrap();
        var given = bootstrap == null ? null : bootstrap.initdb();
        var initdb = given == null ? new InitDb("app", "app") : given;
        var connection = new ConnectionString(endpoint, initdb.database(), initdb.owner(), admin.owner());
        return new SecretContent(
                database.getMetadata().getName() + "-connection", CONNECTION_TYPE, connection.entries());
    }

    private static SecretContent stored(ServerlessDatabase database, String json) {
        var name = StoredRoles.secretName(database.getMetadata().getName());
        return new SecretContent(name, SecretContent.OPAQUE, Map.of(StoredRoles.KEY, json));
    }
}
