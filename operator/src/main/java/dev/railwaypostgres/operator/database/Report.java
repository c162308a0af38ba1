package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.operator.status.Claim;
import java.util.Collection;

/** Where a pass says what is true of its database. Saying the same again writes nothing. */
@FunctionalInterface
interface Report {
    void write(ServerlessDatabaseStatus status, Collection<Claim> claims);
}
