package dev.railwaypostgres.proxy.pool;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.message.FrontendEncoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.route.Address;
import java.util.Map;

/**
 * A connection to a server, logged in and made a session's own.
 *
 * @param address where it leads
 * @param cancelKey the server's
 * @param parameters what the server reports of itself and of the session
 */
public record ServerConnection(Peer peer, Address address, CancelKey cancelKey, Map<String, String> parameters) {
    public ServerConnection {
        parameters = Map.copyOf(parameters);
    }

    /** Says goodbye, so that the server does not log a lost connection. */
    public void close() {
        if (!peer.isGone()) {
            var out = peer.buffer(8);
            FrontendEncoder.encode(new FrontendMessage.Terminate(), out);
            peer.write(out);
        }
        peer.close();
    }
}
