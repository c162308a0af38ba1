package dev.railwaypostgres.operator.compute;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Endpoint;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import java.util.Optional;

/**
 * The Secrets beside a database, all owned by it: {@code <name>-admin} for the operator, {@code <name>-connection} for
 * applications, {@code <name>-roles} for the proxy by way of the operator.
 *
 * <p>Every method does nothing, without a write, when all is as it should be.
 */
public interface ConnectionSecrets {
    /** What was made before; empty if the admin Secret is missing or incomplete. */
    Optional<Credentials> find(ServerlessDatabase database);

    /** Makes the admin Secret with fresh passwords and verifiers, if it is missing. Changes none that is there. */
    Credentials ensure(ServerlessDatabase database);

    /** Whether the connection Secret says how to reach the database at that endpoint. */
    boolean isPublished(ServerlessDatabase database, Endpoint endpoint);

    /** Makes the connection Secret say how to reach the database through the proxy. Returns the Secret's name. */
    String publish(ServerlessDatabase database, Endpoint endpoint);

    /** Whether the stored roles are these. */
    boolean holdsRoles(ServerlessDatabase database, ComputeIdentity identity, RolesSnapshot roles);

    /** Keeps what the proxy logs clients in with. */
    void storeRoles(ServerlessDatabase database, ComputeIdentity identity, RolesSnapshot roles);
}
