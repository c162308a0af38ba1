package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Endpoint;
import dev.railwaypostgres.operator.compute.ConnectionSecrets;
import dev.railwaypostgres.operator.compute.Credentials;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.Password;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Secrets of one database. */
final class FakeSecrets implements ConnectionSecrets {
    @Nullable
    Credentials credentials;

    @Nullable
    Endpoint published;

    @Nullable
    RolesSnapshot roles;

    int writes;

    private final Fuse fuse;

    FakeSecrets(Fuse fuse) {
        this.fuse = fuse;
    }

    @Override
    public Optional<Credentials> find(ServerlessDatabase database) {
        return Optional.ofNullable(credentials);
    }

    @Override
    public Credentials ensure(ServerlessDatabase database) {
        Credentials known = credentials;
        if (known != null) {
            return known;
        }
        Credentials made = new Credentials(new Password("secret-" + writes), "admin-verifier", "owner-verifier");
        credentials = made;
        written();
        return made;
    }

    @Override
    public boolean isPublished(ServerlessDatabase database, Endpoint endpoint) {
        return endpoint.equals(published);
    }

    @Override
    public String publish(ServerlessDatabase database, Endpoint endpoint) {
        published = endpoint;
        written();
        return database.getMetadata().getName() + "-connection";
    }

    @Override
    public boolean holdsRoles(ServerlessDatabase database, ComputeIdentity identity, RolesSnapshot roles) {
        return roles.equals(this.roles);
    }

    @Override
    public void storeRoles(ServerlessDatabase database, ComputeIdentity identity, RolesSnapshot roles) {
        this.roles = roles;
        written();
    }

    private void written() {
        writes++;
        fuse.effect();
    }
}
