package dev.railwaypostgres.operator.status;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabaseStatus;

/** Told of every status that was written, for metrics. Has to be quick, and safe for many threads. */
@FunctionalInterface
public interface StatusListener {
    void onWritten(ServerlessDatabaseStatus before, ServerlessDatabaseStatus after);
}
