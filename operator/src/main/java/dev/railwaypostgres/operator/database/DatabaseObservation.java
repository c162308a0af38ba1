package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseSpec;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;
import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus.Endpoint;
import dev.railwaypostgres.operator.compute.Credentials;
import dev.railwaypostgres.sleep.LoginSight;
import dev.railwaypostgres.sleep.SleepBarrier.Passage;
import dev.railwaypostgres.sleep.Wishes;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import dev.railwaypostgres.sleep.compute.RunningParameters;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that was seen of one database in one look.
 *
 * @param status as last written: a memory of phases and times, and a convenience copy of ids
 * @param endpoint where clients will connect
 * @param railway freshly listed, or from the last resync: see {@link #fresh}
 * @param credentials empty if their Secret is not there
 * @param wanted what the compute is to run with; known once the credentials are
 * @param published whether the connection Secret is as it should be
 * @param roles what the running compute says of its roles, if that is not what is stored
 * @param parameters what the running compute says of its parameters
 * @param passage whether the archive holds all that the last suspend asked it to hold
 * @param volumeAskedAt when a volume was asked for of which it is not known whether it came to be
 * @param fresh whether Railway was asked for this very look
 */
public record DatabaseObservation(
        DatabaseRef database,
        ServerlessDatabaseSpec spec,
        ServerlessDatabaseStatus status,
        Endpoint endpoint,
        Wishes wishes,
        RailwaySight railway,
        Optional<Credentials> credentials,
        Optional<ComputeConfiguration> wanted,
        boolean published,
        LoginSight login,
        Optional<RolesSnapshot> roles,
        Optional<RunningParameters> parameters,
        Passage passage,
        Optional<Instant> volumeAskedAt,
        boolean fresh) {

    /** The connection Secret's name. */
    String secretName() {
        return database.name() + "-connection";
    }

    /** Whether Railway does not have all settings yet. */
    boolean hasNewSettings() {
        return wanted.filter(settings -> !settings.hash().equals(status.deployedConfiguration()))
                .isPresent();
    }

    /** Whether what runs only comes to its settings by a start. */
    boolean needsStart() {
        return wanted.filter(settings -> settings.takesAStartAfter(status.deployedConfiguration()))
                        .isPresent()
                || parameters.filter(RunningParameters::needsStart).isPresent();
    }
}
