package dev.railwaypostgres.proxy.cancel;

import dev.railwaypostgres.proxy.auth.ClientAddress;

/** Passes cancel requests on to other replicas. Nobody hears how it ended, as nobody does with Postgres. */
@FunctionalInterface
public interface CancelForwarder {
    /** For a replica that has no others. */
    CancelForwarder NOBODY = (_, _) -> {};

    void forward(CancelKeys.Destination.Elsewhere request, ClientAddress from);
}
