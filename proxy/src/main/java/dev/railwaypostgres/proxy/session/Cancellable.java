package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.ProtocolVersion;

/** Somebody whose work a cancel request can mean. */
public interface Cancellable {
    /** What it asked to speak: the key is as long as that allows. */
    ProtocolVersion protocol();

    /** @param then runs when that has had its effect, or will have none */
    void cancel(Runnable then);
}
