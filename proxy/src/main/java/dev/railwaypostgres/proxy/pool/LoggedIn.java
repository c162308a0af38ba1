package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.route.Address;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A socket that is logged in to a server.
 *
 * @param request by which
 * @param parameters what the server reports of itself and of the session
 */
public record LoggedIn(
        Peer peer, Address address, LoginRequest request, CancelKey cancelKey, Map<String, String> parameters) {
    public LoggedIn {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
}
