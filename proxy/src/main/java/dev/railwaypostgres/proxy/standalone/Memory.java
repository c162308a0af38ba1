package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.railway.model.DeploymentId;
import dev.railwaypostgres.sleep.SleepState;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a database leaves to the next. It need not outlive the process: whoever knows nothing takes the
 * database for awake, looks, and finds what it is.
 *
 * @param started the deployment that was made last, which Railway's listings may not show yet
 */
record Memory(SleepState state, @Nullable DeploymentId started) {
    Memory with(SleepState next) {
        return new Memory(next, started);
    }

    Memory with(DeploymentId next) {
        return new Memory(state, next);
    }
}
