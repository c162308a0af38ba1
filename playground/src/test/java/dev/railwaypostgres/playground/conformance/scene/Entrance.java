package dev.railwaypostgres.playground.conformance.scene;

import dev.railwaypostgres.playground.conformance.wire.Account;
import dev.railwaypostgres.playground.conformance.wire.WireClient;
import java.util.Map;

/** To a database: its own, or that through the proxy. */
@FunctionalInterface
public interface Entrance {
    /** @param parameters of the startup packet, beside role and database */
    WireClient connect(Account account, Map<String, String> parameters);
}
